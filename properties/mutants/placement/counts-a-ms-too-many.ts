import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-a-ms-too-many',
  sentence: 'Waits count from one ms and not from none.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) => (b.price * (b.waitMs + 1) > a.price * (a.waitMs + 1) ? b : a));
        return best.class;
      },
    },
  }),
});
