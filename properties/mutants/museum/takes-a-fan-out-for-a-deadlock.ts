import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { lowest } from '../../../reference-impl/xx/rank.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'takes-a-fan-out-for-a-deadlock',
  sentence:
    'When several live on a machine and all of them wait for callees, the lowest is killed to break the deadlock.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        if (machine.runnable.length === 0 && machine.blocked.length > 1) return lowest(state, machine);
        return referencePolicies.exceedsMemory(state, machine);
      },
    },
  }),
});
