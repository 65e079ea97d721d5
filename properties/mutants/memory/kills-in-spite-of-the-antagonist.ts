import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-in-spite-of-the-antagonist',
  sentence: 'Whether somebody must be killed is asked as if there were no antagonist.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: (state, machine) =>
        machine.demand > machine.ram + machine.swap ? lowest(state, machine) : NONE,
    },
  }),
});
