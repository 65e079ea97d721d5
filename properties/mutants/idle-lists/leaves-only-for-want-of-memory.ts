import { availableMb, referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'leaves-only-for-want-of-memory',
  sentence: 'The entry of a machine that drains is not withdrawn as long as it has memory.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const change = referencePolicies.idleListChange(machine, entry, thresholds);
        if (change !== 'unlist') return change;
        return availableMb(machine) < thresholds.leave ? 'unlist' : 'none';
      },
    },
  }),
});
