import { slotOf } from '../../../reference-impl/slot-table.ts';
import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { SeenMachine } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'the-ended-still-count',
  sentence:
    'The memory of an invocation that has completed counts as used for one more step, and others are killed for it.',
  rule: 'kill-iff',
  fault: () => {
    let ended: { machine: SeenMachine; memory: number } | undefined;
    let counted: typeof ended;
    return {
      hears({ stimulus, state }) {
        counted = ended;
        ended = undefined;
        if (stimulus.type === 'finish') {
          const { machine, demand } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
          if (machine !== NONE) ended = { machine: state.machines[machine]!, memory: demand };
        }
        return [stimulus];
      },
      policies: {
        exceedsMemory(state, machine) {
          const lingeringMb = counted?.machine === machine ? counted.memory : 0;
          const fits = machine.demand + lingeringMb <= machine.usableRam + machine.swap;
          return fits || machine.live === 0 ? NONE : lowest(state, machine);
        },
      },
    };
  },
});
