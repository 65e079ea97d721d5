import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'crashes-are-final',
  sentence: 'Invocations lost in a crash are killed at once.',
  rule: 'admit',
  fault: () => ({ policies: { triesAgain: () => false } }),
});
