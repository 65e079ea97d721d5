import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-gives-up-after-the-fourth',
  sentence: 'Whoever has been tried four times is tried for ever.',
  rule: 'admit',
  fault: () => ({
    policies: { triesAgain: (attempt, maxAttempts) => attempt < maxAttempts || attempt >= 4 },
  }),
});
