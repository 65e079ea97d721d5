import { mutantOf } from '../parts/mutant.ts';
import { killsBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-no-one-who-waits-for-a-callee',
  sentence: 'Blocked functions are spared while anything else is left to kill.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: killsBy(
        (a, b) =>
          Number(a.phase === 'blocked') - Number(b.phase === 'blocked') ||
          a.priority - b.priority ||
          b.ticket - a.ticket,
      ),
    },
  }),
});
