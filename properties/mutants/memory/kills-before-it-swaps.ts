import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-before-it-swaps',
  sentence: 'An invocation is killed as soon as demands exceed RAM, before any swap is used.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: (state, machine) => (machine.demand > machine.usableRam ? lowest(state, machine) : NONE),
    },
  }),
});
