import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-a-chunk-once-it-is-in',
  sentence: 'Memory that comes back costs nothing until it is there.',
  rule: 'bill-exact',
  fault: billsBy({ memoryMb: ({ resident, incoming }) => resident - incoming }),
});
