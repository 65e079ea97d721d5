import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'keeps-a-chunk-free',
  sentence: 'As much of the swap is kept free as a transfer moves, and not what is configured.',
  rule: 'kill-iff',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      policies: {
        exceedsMemory(state, machine) {
          const countedSwap = Math.max(0, machine.swap - (config.now.paging?.chunk ?? 0));
          return machine.demand > machine.usableRam + countedSwap ? lowest(state, machine) : NONE;
        },
      },
    };
  },
});
