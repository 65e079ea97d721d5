import { lowestExceeding } from '../../../reference-impl/xx/rank.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'one-may-outgrow-by-a-mb',
  sentence: 'An invocation that is a single MB larger than its machine allows lives on.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine: (state, machine) =>
        lowestExceeding(state, machine, Math.min(machine.ram, machine.usableRam + machine.swap) + 1),
    },
  }),
});
