import type { Decision } from '../../../model/alphabet.ts';
import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-drain-repeats-the-completed',
  sentence: 'When a machine drains, what has completed there is queued again.',
  rule: 'possible-decision',
  fault: () => {
    const completed = new Map<number, { machine: number; again: Decision }>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'finish') {
          const {
            id,
            machine,
            shard,
            class: effective,
            degraded,
          } = state.invocations[slotOf(state.slots, stimulus.id)!]!;
          completed.set(id, { machine, again: { type: 'enqueue', id, shard, class: effective, degraded } });
        }
        return [stimulus];
      },
      says(decisions, { stimulus }) {
        if (stimulus.type !== 'drain') return [...decisions];
        const here = [...completed.values()].filter(({ machine }) => machine === stimulus.machine);
        return [...here.map(({ again }) => again), ...decisions];
      },
    };
  },
});
