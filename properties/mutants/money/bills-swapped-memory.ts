import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-swapped-memory',
  sentence: 'Memory in swap is billed as if it were in RAM.',
  rule: 'bill-exact',
  fault: billsBy({ memoryMb: ({ demand }) => demand }),
});
