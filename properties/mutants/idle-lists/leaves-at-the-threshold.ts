import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'leaves-at-the-threshold',
  sentence: 'A machine that has exactly enough memory to stay leaves.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ leave }) => ({ leave: leave + 1 })),
    },
  }),
});
