import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-what-is-nowhere',
  sentence: 'Memory is paid for from when it is asked for, though it is nowhere yet.',
  rule: 'bill-exact',
  fault: billsBy({ memoryMb: ({ resident, fresh }) => resident + fresh }),
});
