import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { victimBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-oldest-of-the-lowest-class',
  sentence: 'In the lowest class the one that came first is killed.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
        return victimBy(state, machine, (a, b) => a.priority - b.priority || a.ticket - b.ticket);
      },
    },
  }),
});
