import { mutantOf } from '../parts/mutant.ts';
import { spendsBy } from '../parts/shadow-account.ts';

export const mutant = mutantOf({
  name: 'a-period-pays-for-the-end-of-the-last',
  sentence: 'What was spent since the last look is charged to the new period, though part of it was before.',
  rule: 'admit',
  fault: spendsBy({ rollsOver: (_before, ratePerMs, passedMs) => ratePerMs * passedMs }),
});
