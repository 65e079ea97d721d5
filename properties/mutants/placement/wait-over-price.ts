import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'wait-over-price',
  sentence: 'The head with the greatest wait ÷ price is placed first, which favours the cheap.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => (b.waitMs / b.price > a.waitMs / a.price ? b : a));
        return best.class;
      },
    },
  }),
});
