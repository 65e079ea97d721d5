import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'gives-up-early',
  sentence: 'Invocations lost in crashes are given up one attempt too early.',
  rule: 'admit',
  fault: () => ({ policies: { triesAgain: (attempt, maxAttempts) => attempt + 1 < maxAttempts } }),
});
