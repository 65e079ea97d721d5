import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-lost-work',
  sentence: 'Work that a crash has lost is billed with the attempt that ends.',
  rule: 'bill-exact',
  fault: billsBy({ keepsLostWork: true }),
});
