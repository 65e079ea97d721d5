import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'scores-in-32-bits',
  sentence: 'Price × wait is kept in 32 bits, so that those who wait longest have a negative score.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) =>
          Math.imul(b.price, b.waitMs) > Math.imul(a.price, a.waitMs) ? b : a,
        );
        return best.class;
      },
    },
  }),
});
