import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'queues-the-lost-last-id-first',
  sentence: 'Invocations lost in a crash are queued again in the wrong order.',
  rule: 'admit',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      stimulus.type === 'crash' && decisions.every(({ type }) => type === 'enqueue')
        ? decisions.toReversed()
        : [...decisions],
  }),
});
