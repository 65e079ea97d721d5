import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'lets-one-mb-pass',
  sentence: 'Nothing is killed for a single MB beyond RAM and swap.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: (state, machine) =>
        machine.demand > machine.usableRam + machine.swap + 1 ? lowest(state, machine) : NONE,
    },
  }),
});
