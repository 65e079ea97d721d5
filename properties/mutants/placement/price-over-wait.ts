import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'price-over-wait',
  sentence: 'The head with the greatest price ÷ wait is placed first, so that newcomers overtake the old.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => (b.price / b.waitMs > a.price / a.waitMs ? b : a));
        return best.class;
      },
    },
  }),
});
