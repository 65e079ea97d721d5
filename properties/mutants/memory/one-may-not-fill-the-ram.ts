import { lowestExceeding } from '../../../reference-impl/xx/rank.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'one-may-not-fill-the-ram',
  sentence: 'An invocation that is exactly as large as its machine allows is killed for it.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine: (state, machine) =>
        lowestExceeding(state, machine, Math.min(machine.ram, machine.usableRam + machine.swap) - 1),
    },
  }),
});
