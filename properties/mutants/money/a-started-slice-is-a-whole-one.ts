import { mutantOf } from '../parts/mutant.ts';
import { rebilled } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'a-started-slice-is-a-whole-one',
  sentence: 'Cpu time is billed in slices of 10 ms, of which the last is rounded up.',
  rule: 'bill-exact',
  fault: () => ({ says: rebilled((_id, bill) => ({ ...bill, cpuMs: Math.ceil(bill.cpuMs / 10) * 10 })) }),
});
