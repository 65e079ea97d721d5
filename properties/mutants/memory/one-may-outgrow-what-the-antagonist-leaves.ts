import { lowestExceeding } from '../../../reference-impl/xx/rank.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'one-may-outgrow-what-the-antagonist-leaves',
  sentence:
    'Whether an invocation could ever fit is decided by the RAM alone, as if there were no antagonist and endless swap.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine: (state, machine) => lowestExceeding(state, machine, machine.ram),
    },
  }),
});
