import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { victimBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-largest',
  sentence: 'The largest is killed, because that frees the most.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
        return victimBy(state, machine, (a, b) => b.demand - a.demand);
      },
    },
  }),
});
