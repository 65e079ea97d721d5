import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-drain-moves-its-work',
  sentence: 'Whatever waits on a machine that drains is queued again.',
  rule: 'possible-decision',
  fault: () => ({
    says(decisions, { stimulus, state }) {
      if (stimulus.type !== 'drain') return [...decisions];
      const { runnable } = state.machines[stimulus.machine]!;
      const moves = runnable.map((slot): Decision => {
        const { id, shard, class: effective, degraded } = state.invocations[slot]!;
        return { type: 'enqueue', id, shard, class: effective, degraded };
      });
      return [...moves, ...decisions];
    },
  }),
});
