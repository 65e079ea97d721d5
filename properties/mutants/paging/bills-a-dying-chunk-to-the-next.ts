import type { ReadonlyXXState } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-a-dying-chunk-to-the-next',
  sentence: 'Who ranks highest on a machine pays for a chunk whose owner was killed.',
  rule: 'bill-exact',
  fault: () => {
    let within: ReadonlyXXState | null = null;
    const fault = billsBy({
      memoryMb(invocation) {
        const machine = within!.machines[invocation.machine]!;
        const isBest = within!.invocations[machine.runnable[0] ?? -1] === invocation;
        return invocation.resident + (isBest && machine.disk?.transfer === 'dying' ? machine.disk.mb : 0);
      },
    })();
    return {
      ...fault,
      hears(moment) {
        within = moment.state;
        return fault.hears!(moment);
      },
    };
  },
});
