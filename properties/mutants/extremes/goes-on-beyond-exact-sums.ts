import { UnsafeSum } from '../../../model/input-error.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'goes-on-beyond-exact-sums',
  sentence: 'Where a sum leaves the safe integers it decides nothing, and goes on.',
  rule: 'stays-exact',
  fault: () => ({
    refuses(refusal) {
      if (refusal instanceof UnsafeSum) return [];
      throw refusal;
    },
  }),
});
