import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-no-chunk-on-its-way-out',
  sentence: 'Memory costs nothing from when it sets out for swap.',
  rule: 'bill-exact',
  fault: billsBy({ memoryMb: ({ resident, outgoing }) => resident - outgoing }),
});
