import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-memory-only-while-it-runs',
  sentence: 'Memory costs nothing while an invocation waits.',
  rule: 'bill-exact',
  fault: billsBy({ memoryMb: ({ phase, resident }) => (phase === 'running' ? resident : 0) }),
});
