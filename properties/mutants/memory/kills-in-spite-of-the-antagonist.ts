import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-in-spite-of-the-antagonist',
  sentence: 'The decision whether to kill ignores the antagonist.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: (state, machine) =>
        machine.demand > machine.ram + machine.swap ? lowest(state, machine) : NONE,
    },
  }),
});
