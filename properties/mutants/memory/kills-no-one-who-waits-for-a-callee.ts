import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { victimBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-no-one-who-waits-for-a-callee',
  sentence: 'Blocked functions are spared while anything else is left to kill.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
        return victimBy(
          state,
          machine,
          (a, b) =>
            Number(a.phase === 'blocked') - Number(b.phase === 'blocked') ||
            a.priority - b.priority ||
            b.ticket - a.ticket,
        );
      },
    },
  }),
});
