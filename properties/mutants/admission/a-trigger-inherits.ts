import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-trigger-inherits',
  sentence:
    'What is triggered while its tenant runs something gets the class of that, as if somebody waited for it.',
  rule: 'admit',
  fault: () => ({
    says: (decisions, { stimulus, state }) =>
      decisions.map((decision) => {
        if (decision.type !== 'enqueue' || stimulus.type !== 'submit') return decision;
        const classes = state.invocations
          .filter(({ phase, tenant }) => phase === 'running' && tenant === stimulus.tenant)
          .map((running) => running.class);
        return { ...decision, class: Math.max(decision.class, ...classes) };
      }),
  }),
});
