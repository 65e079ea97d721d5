import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'first-come-first-placed',
  sentence: 'The head that has waited longest is placed first, whatever its price.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => (b.waitMs > a.waitMs ? b : a));
        return best.class;
      },
    },
  }),
});
