import { mutantOf } from '../parts/mutant.ts';
import { killsBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-newest',
  sentence: 'The invocation that came last is killed, whatever its class.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: killsBy((a, b) => b.ticket - a.ticket),
    },
  }),
});
