import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'two-answers',
  sentence: 'A root is enqueued twice.',
  rule: 'possible-decision',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.flatMap((decision) =>
        decision.type === 'enqueue' && stimulus.type === 'submit' ? [decision, decision] : [decision],
      ),
  }),
});
