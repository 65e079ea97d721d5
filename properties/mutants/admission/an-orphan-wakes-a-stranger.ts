import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';
import { orphansWake } from '../parts/orphans.ts';

export const mutant = mutantOf({
  name: 'an-orphan-wakes-a-stranger',
  sentence: 'When an orphan ends, another invocation is woken, which now holds the place of its caller.',
  rule: 'possible-decision',
  fault: orphansWake((caller, { state }) =>
    slotOf(state.slots, caller) === undefined
      ? state.invocations.find(({ phase }) => phase === 'blocked')?.id
      : undefined,
  ),
});
