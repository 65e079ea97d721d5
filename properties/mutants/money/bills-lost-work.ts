import { mutantOf } from '../mutant.ts';
import { billsBy } from '../shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-lost-work',
  sentence: 'Work that a crash has lost is billed with the attempt that ends.',
  rule: 'bill-exact',
  fault: billsBy({ keepsLostWork: true }),
});
