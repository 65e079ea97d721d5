import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-restart-counts-the-ended',
  sentence:
    'When a shard has restarted, its machines are listed with all that have completed there since they joined.',
  rule: 'idle-list-true',
  fault: () => {
    const ended = new Map<number, number>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'join') ended.delete(stimulus.machine);
        if (stimulus.type === 'finish') {
          const { machine } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
          ended.set(machine, (ended.get(machine) ?? 0) + 1);
        }
        return [stimulus];
      },
      says(decisions, { stimulus }) {
        if (stimulus.type !== 'restart') return [...decisions];
        return decisions.map((decision) =>
          decision.type === 'list'
            ? { ...decision, functions: decision.functions + (ended.get(decision.machine) ?? 0) }
            : decision,
        );
      },
    };
  },
});
