import { mutantOf } from '../parts/mutant.ts';
import { killsBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-largest',
  sentence: 'The largest is killed, because that frees the most.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: killsBy((a, b) => b.demand - a.demand),
    },
  }),
});
