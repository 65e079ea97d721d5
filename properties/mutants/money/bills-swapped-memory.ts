import { mutantOf } from '../mutant.ts';
import { billsBy } from '../shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-swapped-memory',
  sentence: 'Memory in swap is billed as if it were in RAM.',
  rule: 'bill-exact',
  fault: billsBy({ memoryMb: ({ demand }) => demand }),
});
