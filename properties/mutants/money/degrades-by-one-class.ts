import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'degrades-by-one-class',
  sentence: 'A degraded invocation is queued one class below the class that it asked for, not in the lowest.',
  rule: 'admit',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.map((decision) =>
        decision.type === 'enqueue' && stimulus.type === 'submit' && decision.degraded
          ? { ...decision, class: Math.max(0, stimulus.class - 1) }
          : decision,
      ),
  }),
});
