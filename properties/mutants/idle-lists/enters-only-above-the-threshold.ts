import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'enters-only-above-the-threshold',
  sentence: 'A machine that has exactly enough memory joins no list.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ enter }) => ({ enter: enter + 1 })),
    },
  }),
});
