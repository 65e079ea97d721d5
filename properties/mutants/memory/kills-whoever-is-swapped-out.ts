import { mutantOf } from '../parts/mutant.ts';
import { killsBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-whoever-is-swapped-out',
  sentence: 'The invocation with the most in swap is killed first.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: killsBy(
        (a, b) => b.demand - b.resident - (a.demand - a.resident) || a.priority - b.priority,
      ),
    },
  }),
});
