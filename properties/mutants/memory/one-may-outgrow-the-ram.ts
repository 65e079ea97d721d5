import { lowestExceeding } from '../../../reference-impl/xx/rank.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'one-may-outgrow-the-ram',
  sentence: 'An invocation may be larger than all the RAM of its machine, as long as swap holds the rest.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine: (state, machine) => lowestExceeding(state, machine, machine.usableRam + machine.swap),
    },
  }),
});
