import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';
import { orphansWake } from '../parts/orphans.ts';

export const mutant = mutantOf({
  name: 'an-orphan-wakes-its-new-attempt',
  sentence:
    'When an orphan ends, its caller is woken, although that was lost in a crash and has started again.',
  rule: 'possible-decision',
  fault: orphansWake((caller, { state }) => (slotOf(state.slots, caller) === undefined ? undefined : caller)),
});
