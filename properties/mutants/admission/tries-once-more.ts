import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'tries-once-more',
  sentence: 'What crashes take down is tried once more than it may be.',
  rule: 'admit',
  fault: () => ({ policies: { triesAgain: (attempt, maxAttempts) => attempt <= maxAttempts } }),
});
