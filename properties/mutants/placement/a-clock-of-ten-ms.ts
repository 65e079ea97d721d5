import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-clock-of-ten-ms',
  sentence: 'Waits are measured with a clock that ticks every ten ms.',
  rule: 'place-greatest',
  fault: () => ({
    policies: {
      chooseHead(heads) {
        const best = heads.reduce((a, b) =>
          b.price * Math.floor(b.waitMs / 10) > a.price * Math.floor(a.waitMs / 10) ? b : a,
        );
        return best.class;
      },
    },
  }),
});
