import { mutantOf } from '../parts/mutant.ts';
import { spendsBy } from '../parts/shadow-account.ts';

export const mutant = mutantOf({
  name: 'a-period-never-ends',
  sentence: 'What was spent in earlier periods counts forever.',
  rule: 'admit',
  fault: spendsBy({ rollsOver: (before, ratePerMs, passedMs) => before + ratePerMs * passedMs }),
});
