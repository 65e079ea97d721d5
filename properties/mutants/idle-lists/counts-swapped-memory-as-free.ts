import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-swapped-memory-as-free',
  sentence: 'What is in swap counts as available when a machine joins or leaves.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const { resident: demand, ...others } = machine;
        return referencePolicies.idleListChange({ ...others, resident: demand, demand }, entry, thresholds);
      },
    },
  }),
});
