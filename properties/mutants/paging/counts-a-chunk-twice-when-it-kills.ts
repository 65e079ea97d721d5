import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-a-chunk-twice-when-it-kills',
  sentence: 'Demands exceed RAM and swap sooner while a chunk is in flight, since it is held in both.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        const heldTwiceMb = machine.disk === null || machine.disk.transfer === 'dying' ? 0 : machine.disk.mb;
        if (machine.demand + heldTwiceMb <= machine.usableRam + machine.countedSwap) return NONE;
        return lowest(state, machine);
      },
    },
  }),
});
