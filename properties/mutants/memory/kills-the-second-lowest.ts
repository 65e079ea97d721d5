import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { fillLowestFirst } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-the-second-lowest',
  sentence: 'The second lowest is killed, off by one from the end of the list.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
        const lowestFirst: number[] = [];
        fillLowestFirst(state, machine, lowestFirst);
        return lowestFirst[1] ?? lowestFirst[0]!;
      },
    },
  }),
});
