import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'ignores-the-memory-drift',
  sentence: 'An entry is refreshed by functions alone, so that what it says of memory drifts without bound.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(() => ({ memoryDrift: Number.POSITIVE_INFINITY })),
    },
  }),
});
