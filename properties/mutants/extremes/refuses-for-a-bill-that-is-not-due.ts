import type { Configuration } from '../../../model/configuration.ts';
import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { slotsIn } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { FaultContext } from '../parts/planted.ts';
import { Remembered } from '../parts/remembered.ts';

/** Whether the bill of anybody who lives on a machine is beyond the safe integers. */
function owesTooMuch({ classes, memoryPrice }: Configuration, { at, state }: FaultContext): boolean {
  return slotsIn(state.slots).some((slot) => {
    const invocation = state.invocations[slot]!;
    if (invocation.phase === 'queued') return false;
    const passedMs = at - invocation.meteredAt;
    const cpuMs = invocation.cpuMs + (invocation.phase === 'running' ? passedMs : 0);
    const mbMs = invocation.mbMs + invocation.resident * passedMs;
    return cpuMs * classes[invocation.class]!.price + mbMs * memoryPrice > Number.MAX_SAFE_INTEGER;
  });
}

export const mutant = mutantOf({
  name: 'refuses-for-a-bill-that-is-not-due',
  sentence: 'Whatever happens is called impossible while somebody would owe too much if it ended now.',
  rule: 'refuses-alike',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      hears(moment) {
        if (owesTooMuch(config.now, moment)) throw new ImpossibleStimulus('somebody owes too much');
        return [moment.stimulus];
      },
    };
  },
});
