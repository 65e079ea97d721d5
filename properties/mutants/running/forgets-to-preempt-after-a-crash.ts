import { forgetsToPreemptWhen } from '../parts/forgetful.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'forgets-to-preempt-after-a-crash',
  sentence:
    'A caller whose callee was lost for good in a crash elsewhere waits for a core, though it outranks one that runs.',
  rule: 'run-the-highest',
  fault: forgetsToPreemptWhen(({ stimulus }) => stimulus.type === 'crash'),
});
