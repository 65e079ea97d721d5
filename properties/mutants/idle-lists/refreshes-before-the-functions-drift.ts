import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'refreshes-before-the-functions-drift',
  sentence: 'An entry is refreshed when it is off by one function less than the drift.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ functionsDrift }) => ({
        functionsDrift: Math.max(1, functionsDrift - 1),
      })),
    },
  }),
});
