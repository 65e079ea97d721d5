import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-gives-memory-back',
  sentence: 'Memory that one gives back stays its own until it ends.',
  rule: 'bill-exact',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'resize' || stimulus.demand < 1) return [stimulus];
      const { demand } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
      return [{ ...stimulus, demand: Math.max(demand, stimulus.demand) }];
    },
  }),
});
