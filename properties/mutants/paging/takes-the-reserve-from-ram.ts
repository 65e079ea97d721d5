import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'takes-the-reserve-from-ram',
  sentence: 'Where swap is smaller than what is kept free of it, RAM is kept free for the rest.',
  rule: 'kill-iff',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      policies: {
        exceedsMemory(state, machine) {
          const countedSwap = machine.swap - (config.now.paging?.reserve ?? 0);
          return machine.demand > machine.usableRam + countedSwap ? lowest(state, machine) : NONE;
        },
      },
    };
  },
});
