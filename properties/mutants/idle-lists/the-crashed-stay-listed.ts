import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-crashed-stay-listed',
  sentence: 'The entry of a machine that is down is not withdrawn.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        if (machine.status === 'down') return 'none';
        return referencePolicies.idleListChange(machine, entry, thresholds);
      },
    },
  }),
});
