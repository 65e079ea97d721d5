import { lowestExceeding } from '../../../reference-impl/xx/rank.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'one-may-count-on-the-reserve',
  sentence: 'Whether one alone is too large is judged by all of the swap, with what is kept free.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine: (state, machine) =>
        lowestExceeding(state, machine, Math.min(machine.ram, machine.usableRam + machine.swap)),
    },
  }),
});
