import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-refreshes',
  sentence: 'An entry stays as it was when the machine joined.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const change = referencePolicies.idleListChange(machine, entry, thresholds);
        return change === 'relist' ? 'none' : change;
      },
    },
  }),
});
