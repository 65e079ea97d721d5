import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'ignores-the-functions-drift',
  sentence: 'An entry is refreshed by memory alone, so that its count of functions drifts without bound.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(() => ({ functionsDrift: Number.POSITIVE_INFINITY })),
    },
  }),
});
