import { mutantOf } from '../parts/mutant.ts';
import { heldByRight, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'backfills-into-memory-of-the-passed-over',
  sentence:
    'An invocation that is passed over keeps no RAM from those below it, and is swapped out for them.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      willRun: willRunBy({
        holds: (invocation, machine) =>
          invocation.phase === 'blocked' ? heldByRight(invocation, machine) : 0,
      }),
    },
  }),
});
