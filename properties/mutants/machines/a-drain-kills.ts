import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-drain-kills',
  sentence: 'Whatever lives on a machine that drains is killed.',
  rule: 'kill-iff',
  fault: () => ({
    says(decisions, { stimulus, state }) {
      if (stimulus.type !== 'drain') return [...decisions];
      const { runnable } = state.machines[stimulus.machine]!;
      const bill = { cpuMs: 0, mbMs: 0, cost: 0 };
      const kills = runnable.map((slot): Decision => {
        const { id } = state.invocations[slot]!;
        return { type: 'kill', id, reason: 'memory', bill };
      });
      return [...kills, ...decisions];
    },
  }),
});
