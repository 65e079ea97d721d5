import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'tries-once-more',
  sentence: 'Invocations lost in crashes are tried once more than allowed.',
  rule: 'admit',
  fault: () => ({ policies: { triesAgain: (attempt, maxAttempts) => attempt <= maxAttempts } }),
});
