import { slotOf } from '../../../reference-impl/slot-table.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { forgetsToPreemptWhen } from '../parts/forgetful.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { FaultContext } from '../parts/planted.ts';

function wakesSomebody({ stimulus, state }: FaultContext): boolean {
  return stimulus.type === 'finish' && state.invocations[slotOf(state.slots, stimulus.id)!]!.caller !== NONE;
}

export const mutant = mutantOf({
  name: 'forgets-to-preempt-after-a-wake',
  sentence: 'A caller that wakes waits for a core, though it outranks one that runs.',
  rule: 'run-the-highest',
  fault: forgetsToPreemptWhen(wakesSomebody),
});
