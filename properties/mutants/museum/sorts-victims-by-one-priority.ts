import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { victimBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'sorts-victims-by-one-priority',
  sentence: 'When a victim is chosen, all classes count as one.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
        return victimBy(
          state,
          machine,
          (a, b) => Number(b.phase === 'blocked') - Number(a.phase === 'blocked') || b.ticket - a.ticket,
        );
      },
    },
  }),
});
