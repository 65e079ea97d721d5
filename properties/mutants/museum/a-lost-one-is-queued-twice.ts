import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-lost-one-is-queued-twice',
  sentence: 'What a crash took down is put back into its queue once for each of two records of it.',
  rule: 'possible-decision',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.flatMap((decision) =>
        stimulus.type === 'crash' && decision.type === 'enqueue' ? [decision, decision] : [decision],
      ),
  }),
});
