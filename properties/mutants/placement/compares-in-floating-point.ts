import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'compares-in-floating-point',
  sentence: 'Price × wait is compared as floating point rounds it.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => (b.price * b.waitMs > a.price * a.waitMs ? b : a));
        return best.class;
      },
    },
  }),
});
