import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-leaves',
  sentence: 'An entry is never withdrawn.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const change = referencePolicies.idleListChange(machine, entry, thresholds);
        return change === 'unlist' ? 'none' : change;
      },
    },
  }),
});
