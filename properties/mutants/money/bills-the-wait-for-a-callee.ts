import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-the-wait-for-a-callee',
  sentence: 'The CPU meter runs while an invocation is blocked, so its callee is paid for twice.',
  rule: 'bill-exact',
  fault: billsBy({ runs: ({ phase }) => phase === 'running' || phase === 'blocked' }),
});
