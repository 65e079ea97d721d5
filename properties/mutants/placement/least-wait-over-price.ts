import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'least-wait-over-price',
  sentence: 'The head with the least wait ÷ price is placed first, so that waiting lowers its turn.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => (b.waitMs / b.price < a.waitMs / a.price ? b : a));
        return best.class;
      },
    },
  }),
});
