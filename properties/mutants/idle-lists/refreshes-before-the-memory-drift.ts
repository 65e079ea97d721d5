import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'refreshes-before-the-memory-drift',
  sentence: 'An entry is refreshed when it is off by one MB less than the drift.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ memoryDrift }) => ({ memoryDrift: Math.max(1, memoryDrift - 1) })),
    },
  }),
});
