import { mutantOf } from '../parts/mutant.ts';
import { killsBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-by-arrival-within-a-class',
  sentence: 'Within a class the last to come is killed, whether it is blocked or ready.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: killsBy((a, b) => a.priority - b.priority || b.ticket - a.ticket),
    },
  }),
});
