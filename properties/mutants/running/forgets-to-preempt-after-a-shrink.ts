import { slotOf } from '../../../reference-impl/slot-table.ts';
import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { FaultContext } from '../parts/planted.ts';
import { runningFirst, willRunBy } from '../parts/will-run.ts';

function shrinks({ stimulus, state }: FaultContext): boolean {
  if (stimulus.type !== 'resize') return false;
  return stimulus.demand < state.invocations[slotOf(state.slots, stimulus.id)!]!.demand;
}

export const mutant = mutantOf({
  name: 'forgets-to-preempt-after-a-shrink',
  sentence:
    'When an invocation gives memory back, one that now fits waits for a core, though it outranks one that runs.',
  rule: 'run-the-highest',
  fault: () => {
    const forgetful = willRunBy({ order: runningFirst });
    let forgets = false;
    return {
      hears(moment) {
        forgets = shrinks(moment);
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
