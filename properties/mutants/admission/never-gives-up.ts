import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-gives-up',
  sentence: 'Invocations lost in crashes are tried again forever.',
  rule: 'admit',
  fault: () => ({ policies: { triesAgain: () => true } }),
});
