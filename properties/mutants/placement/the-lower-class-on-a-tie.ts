import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-lower-class-on-a-tie',
  sentence: 'Among equals the lower class is placed first.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => (b.price * b.waitMs >= a.price * a.waitMs ? b : a));
        return best.class;
      },
    },
  }),
});
