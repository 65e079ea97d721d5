import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-degraded-keep-their-class',
  sentence: 'A degraded invocation is flagged, but queued in the class that it asked for.',
  rule: 'admit',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.map((decision) =>
        decision.type === 'enqueue' && stimulus.type === 'submit'
          ? { ...decision, class: stimulus.class }
          : decision,
      ),
  }),
});
