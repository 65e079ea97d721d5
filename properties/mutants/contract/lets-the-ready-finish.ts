import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'lets-the-ready-finish',
  sentence: 'An invocation that is ready and does not run may finish, which is then forgotten.',
  rule: 'refuses-alike',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'finish') return [stimulus];
      const { phase } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
      return [phase === 'ready' ? { type: 'tick' } : stimulus];
    },
  }),
});
