import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-the-wait-for-a-core',
  sentence: 'The CPU meter runs while an invocation is ready, or preempted, and waits.',
  rule: 'bill-exact',
  fault: billsBy({ runs: ({ phase }) => phase === 'running' || phase === 'ready' }),
});
