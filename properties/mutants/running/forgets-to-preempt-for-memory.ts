import { forgetsToPreemptWhen } from '../parts/forgetful.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'forgets-to-preempt-for-memory',
  sentence: 'A newcomer that does not fit beside those who run waits, though it outranks them.',
  rule: 'run-the-highest',
  fault: forgetsToPreemptWhen(({ stimulus }) => stimulus.type === 'turn'),
});
