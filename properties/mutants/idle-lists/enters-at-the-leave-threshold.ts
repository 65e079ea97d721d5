import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'enters-at-the-leave-threshold',
  sentence: 'One threshold serves both: a machine joins as soon as it would not have to leave.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ leave }) => ({ enter: leave })),
    },
  }),
});
