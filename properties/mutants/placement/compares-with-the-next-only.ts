import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'compares-with-the-next-only',
  sentence: 'Heads are compared with their neighbour only, and the last that wins is placed.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead: (heads) =>
        heads.findLast(({ price, waitMs }, index) => {
          const above = heads[index - 1];
          return above === undefined || price * waitMs > above.price * above.waitMs;
        })!.class,
    },
  }),
});
