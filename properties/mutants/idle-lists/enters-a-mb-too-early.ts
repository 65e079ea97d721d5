import { mutantOf } from '../parts/mutant.ts';
import { thresholdsBy } from '../parts/thresholds.ts';

export const mutant = mutantOf({
  name: 'enters-a-mb-too-early',
  sentence: 'A machine that lacks one MB of what it takes joins a list.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: thresholdsBy(({ enter }) => ({ enter: enter - 1 })),
    },
  }),
});
