import { slotOf } from '../../../reference-impl/slot-table.ts';
import { forgetsToPreemptWhen } from '../parts/forgetful.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { FaultContext } from '../parts/planted.ts';

function shrinks({ stimulus, state }: FaultContext): boolean {
  if (stimulus.type !== 'resize') return false;
  return stimulus.demand < state.invocations[slotOf(state.slots, stimulus.id)!]!.demand;
}

export const mutant = mutantOf({
  name: 'forgets-to-preempt-after-a-shrink',
  sentence:
    'When an invocation gives memory back, one that now fits waits for a core, though it outranks one that runs.',
  rule: 'run-the-highest',
  fault: forgetsToPreemptWhen(shrinks),
});
