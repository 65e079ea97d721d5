import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'waits-for-a-machine-that-is-gone',
  sentence:
    'A shard that had a crashed machine on its list waits for it, and places nothing until it restarts.',
  rule: 'answered',
  fault: () => {
    const waiting = new Set<number>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'restart') waiting.delete(stimulus.shard);
        if (stimulus.type === 'crash') {
          const { listedOn } = state.machines[stimulus.machine]!;
          if (listedOn !== NONE) waiting.add(listedOn);
        }
        return [stimulus.type === 'turn' && waiting.has(stimulus.shard) ? { type: 'tick' } : stimulus];
      },
    };
  },
});
