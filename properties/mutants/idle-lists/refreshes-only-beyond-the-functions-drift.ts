import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'refreshes-only-beyond-the-functions-drift',
  sentence: 'An entry that is off by exactly the functions drift is left as it is.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ functionsDrift }) => ({ functionsDrift: functionsDrift + 1 })),
    },
  }),
});
