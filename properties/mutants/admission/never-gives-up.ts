import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-gives-up',
  sentence: 'What crashes take down is tried again for ever.',
  rule: 'admit',
  fault: () => ({ policies: { triesAgain: () => true } }),
});
