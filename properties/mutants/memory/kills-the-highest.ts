import { mutantOf } from '../parts/mutant.ts';
import { killsBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-highest',
  sentence: 'The order of kills is upside down: the highest class dies first.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: killsBy((a, b) => b.priority - a.priority),
    },
  }),
});
