import { slotOf } from '../../../reference-impl/slot-table.ts';
import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { FaultContext } from '../parts/planted.ts';
import { runningFirst, willRunBy } from '../parts/will-run.ts';

function wakesSomebody({ stimulus, state }: FaultContext): boolean {
  return stimulus.type === 'finish' && state.invocations[slotOf(state.slots, stimulus.id)!]!.caller !== NONE;
}

export const mutant = mutantOf({
  name: 'forgets-to-preempt-after-a-wake',
  sentence: 'A caller that wakes waits for a core, though it outranks one that runs.',
  rule: 'run-the-highest',
  fault: () => {
    const forgetful = willRunBy({ order: runningFirst });
    let forgets = false;
    return {
      hears(moment) {
        forgets = wakesSomebody(moment);
        return [moment.stimulus];
      },
      policies: {
        willRun(state, machine, slots) {
          const fill = forgets ? forgetful : referencePolicies.willRun;
          fill(state, machine, slots);
        },
      },
    };
  },
});
