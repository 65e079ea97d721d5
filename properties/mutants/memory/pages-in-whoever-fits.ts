import type { Decision } from '../../../model/alphabet.ts';
import { slotsIn } from '../../../reference-impl/slot-table.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-in-whoever-fits',
  sentence: 'When RAM is free, any invocation in swap comes back, even if it does not run yet.',
  rule: 'page-in-to-run',
  fault: () => ({
    says(decisions, { state }) {
      const early = slotsIn(state.slots).flatMap((slot): Decision[] => {
        const { id, machine, demand, resident } = state.invocations[slot]!;
        if (machine === NONE) return [];
        const { usableRam, resident: used } = state.machines[machine]!;
        const memory = Math.min(demand - resident, usableRam - used);
        return memory < 1 ? [] : [{ type: 'pageIn', id, memory }];
      });
      return [...decisions, ...early];
    },
  }),
});
