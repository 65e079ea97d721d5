import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-the-end-of-a-lost-attempt',
  sentence: 'When a new attempt completes, the end of the attempt that was lost is counted there too.',
  rule: 'idle-list-true',
  fault: () => {
    const tooFew = new Map<number, number>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'finish') {
          const { attempt, machine } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
          if (attempt > 1) tooFew.set(machine, (tooFew.get(machine) ?? 0) + 1);
        }
        return [stimulus];
      },
      says: (decisions) =>
        decisions.map((decision) =>
          decision.type === 'list' || decision.type === 'relist'
            ? {
                ...decision,
                functions: Math.max(0, decision.functions - (tooFew.get(decision.machine) ?? 0)),
              }
            : decision,
        ),
    };
  },
});
