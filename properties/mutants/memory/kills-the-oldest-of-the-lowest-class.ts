import { mutantOf } from '../parts/mutant.ts';
import { killsBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-oldest-of-the-lowest-class',
  sentence: 'In the lowest class the one that came first is killed.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: killsBy((a, b) => a.priority - b.priority || a.ticket - b.ticket),
    },
  }),
});
