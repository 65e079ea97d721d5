import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'three-attempts-at-most',
  sentence: 'Nobody is tried more than three times, however often it may be.',
  rule: 'admit',
  fault: () => ({
    policies: { triesAgain: (attempt, maxAttempts) => attempt < Math.min(maxAttempts, 3) },
  }),
});
