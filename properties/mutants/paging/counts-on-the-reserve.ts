import { lowest, lowestExceeding } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-on-the-reserve',
  sentence: 'Demands may fill all of the swap, so that nothing is free for an exchange.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine: (state, machine) =>
        lowestExceeding(state, machine, Math.min(machine.ram, machine.usableRam + machine.swap)),
      exceedsMemory: (state, machine) =>
        machine.demand > machine.usableRam + machine.swap ? lowest(state, machine) : NONE,
    },
  }),
});
