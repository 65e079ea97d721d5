import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'leaves-at-the-enter-threshold',
  sentence: 'One threshold serves both: a machine leaves as soon as it would not join.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ enter }) => ({ leave: enter })),
    },
  }),
});
