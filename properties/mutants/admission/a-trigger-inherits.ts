import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-trigger-inherits',
  sentence: 'A trigger gets the class of something that its tenant runs, as if that waited for it.',
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
