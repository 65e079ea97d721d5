import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-for-a-dying-chunk',
  sentence: 'A chunk of one that was killed still counts when it is seen whether another must be.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        const dyingMb = machine.disk?.transfer === 'dying' ? machine.disk.mb : 0;
        if (machine.demand + dyingMb <= machine.usableRam + machine.countedSwap) return NONE;
        return lowest(state, machine);
      },
    },
  }),
});
