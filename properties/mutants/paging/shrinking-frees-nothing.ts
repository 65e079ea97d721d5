import { slotOf } from '../../../reference-impl/slot-table.ts';
import { Leaks } from '../parts/leaks.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'shrinking-frees-nothing',
  sentence: 'What one gives back is never handed out again.',
  rule: 'grant-to-run',
  fault: () => {
    const leaks = new Leaks();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'resize') {
          const { machine, demand } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
          leaks.lose(machine, Math.max(0, demand - stimulus.demand));
        }
        return [stimulus];
      },
      pager: { settle: leaks.settle() },
    };
  },
});
