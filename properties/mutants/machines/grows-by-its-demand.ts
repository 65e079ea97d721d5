import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'grows-by-its-demand',
  sentence: 'The new size of an invocation is taken for the amount by which it grows.',
  rule: 'kill-iff',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'resize' || stimulus.demand < 1) return [stimulus];
      const { demand } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
      return [{ ...stimulus, demand: demand + stimulus.demand }];
    },
  }),
});
