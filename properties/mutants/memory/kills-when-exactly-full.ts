import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-when-exactly-full',
  sentence: 'An invocation is killed although RAM and swap hold everything, to the last MB.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory: (state, machine) =>
        machine.demand >= machine.usableRam + machine.swap ? lowest(state, machine) : NONE,
    },
  }),
});
