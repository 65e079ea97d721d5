import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-antagonist-takes-swap-too',
  sentence: 'What an antagonist uses beyond the RAM is taken from swap.',
  rule: 'kill-iff',
  fault: () => {
    const overflowMb = new Map<number, number>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'antagonist') {
          const { ram } = state.machines[stimulus.machine]!;
          overflowMb.set(stimulus.machine, Math.max(0, stimulus.memory - ram));
        }
        return [stimulus];
      },
      policies: {
        exceedsMemory(state, machine) {
          const taken = overflowMb.get(state.machines.indexOf(machine)) ?? 0;
          const { demand, usableRam, swap } = machine;
          return demand > 0 && demand > usableRam + swap - taken ? lowest(state, machine) : NONE;
        },
      },
    };
  },
});
