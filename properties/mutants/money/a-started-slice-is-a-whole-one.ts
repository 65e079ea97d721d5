import { mutantOf } from '../parts/mutant.ts';
import { rebilled } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'a-started-slice-is-a-whole-one',
  sentence: 'CPU time is billed in slices of 10 ms, and the last slice is rounded up.',
  rule: 'bill-exact',
  fault: () => ({ says: rebilled((_id, bill) => ({ ...bill, cpuMs: Math.ceil(bill.cpuMs / 10) * 10 })) }),
});
