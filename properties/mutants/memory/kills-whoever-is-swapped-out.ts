import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { victimBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-whoever-is-swapped-out',
  sentence: 'The invocation with the most in swap is killed first.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
        return victimBy(
          state,
          machine,
          (a, b) => b.demand - b.resident - (a.demand - a.resident) || a.priority - b.priority,
        );
      },
    },
  }),
});
