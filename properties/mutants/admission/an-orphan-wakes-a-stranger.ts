import type { Decision } from '../../../model/alphabet.ts';
import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'an-orphan-wakes-a-stranger',
  sentence: 'When an orphan ends, another invocation is woken, which now holds the place of its caller.',
  rule: 'possible-decision',
  fault: () => {
    const callers = new Map<number, number>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'call') callers.set(stimulus.id, stimulus.caller);
        return [stimulus];
      },
      says: (decisions, { state }) =>
        decisions.flatMap((decision, index): Decision[] => {
          if (decision.type !== 'complete' || decisions[index + 1]?.type === 'wake') return [decision];
          const caller = callers.get(decision.id);
          if (caller === undefined || slotOf(state.slots, caller) !== undefined) return [decision];
          const stranger = state.invocations.find(({ phase }) => phase === 'blocked');
          return stranger === undefined
            ? [decision]
            : [decision, { type: 'wake', id: stranger.id, outcome: 'ok' }];
        }),
    };
  },
});
