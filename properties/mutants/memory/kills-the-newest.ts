import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { victimBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-newest',
  sentence: 'The invocation that came last is killed, whatever its class.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
        return victimBy(state, machine, (a, b) => b.ticket - a.ticket);
      },
    },
  }),
});
