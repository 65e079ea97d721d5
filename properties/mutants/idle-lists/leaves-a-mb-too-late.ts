import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'leaves-a-mb-too-late',
  sentence: 'A machine that lacks one MB of what it takes stays.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ leave }) => ({ leave: leave - 1 })),
    },
  }),
});
