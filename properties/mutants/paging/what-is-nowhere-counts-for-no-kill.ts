import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'what-is-nowhere-counts-for-no-kill',
  sentence:
    'Memory that is asked for and not there does not count when it is seen whether one must be killed.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        const heldMb = machine.demand - (machine.disk?.freshMb ?? 0);
        return heldMb > machine.usableRam + machine.countedSwap ? lowest(state, machine) : NONE;
      },
    },
  }),
});
