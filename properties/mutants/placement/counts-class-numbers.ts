import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-class-numbers',
  sentence: 'The number of a class stands for its price.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => ((b.class + 1) * b.waitMs > (a.class + 1) * a.waitMs ? b : a));
        return best.class;
      },
    },
  }),
});
