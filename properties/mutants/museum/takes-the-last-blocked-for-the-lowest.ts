import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'takes-the-last-blocked-for-the-lowest',
  sentence:
    'The blocked stand last in the list of victims, and the last in it is killed as if it were the lowest, whatever its class.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMemory(state, machine) {
        const victim = referencePolicies.exceedsMemory(state, machine);
        return victim === NONE ? NONE : (machine.blocked.at(-1) ?? victim);
      },
    },
  }),
});
