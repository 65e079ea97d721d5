import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'crashes-are-final',
  sentence: 'What a crash takes down is killed at once.',
  rule: 'admit',
  fault: () => ({ policies: { triesAgain: () => false } }),
});
