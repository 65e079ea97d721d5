import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-only-what-is-resident',
  sentence: 'What is in swap already no longer counts when a kill is considered.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: (state, machine) =>
        machine.resident > machine.usableRam + machine.swap ? lowest(state, machine) : NONE,
    },
  }),
});
