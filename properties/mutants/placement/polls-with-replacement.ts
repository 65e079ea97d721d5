import { nextBelow } from '../../../reference-impl/random.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-with-replacement',
  sentence: 'It polls with replacement, so that one machine may be asked twice.',
  rule: 'place-least-loaded',
  fault: () => ({
    sample: (generator, n, k) =>
      Array.from({ length: Math.min(k, n) }, () => nextBelow(generator, n)).sort((a, b) => a - b),
  }),
});
