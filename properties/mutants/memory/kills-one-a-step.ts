import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-one-a-step',
  sentence: 'At most one invocation is killed per step.',
  rule: 'kill-iff',
  fault: () => {
    let killed = false;
    return {
      hears({ stimulus }) {
        killed = false;
        return [stimulus];
      },
      policies: {
        exceedsMemory(state, machine) {
          if (killed) return NONE;
          const victim = referencePolicies.exceedsMemory(state, machine);
          killed = victim !== NONE;
          return victim;
        },
      },
    };
  },
});
