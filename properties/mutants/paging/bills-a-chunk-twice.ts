import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-a-chunk-twice',
  sentence: 'Memory in flight is paid for where it comes from and where it goes to.',
  rule: 'bill-exact',
  fault: billsBy({ memoryMb: ({ resident, incoming, outgoing }) => resident + incoming + outgoing }),
});
