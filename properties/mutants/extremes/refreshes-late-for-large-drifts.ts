import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'refreshes-late-for-large-drifts',
  sentence: 'A drift of five MB and more is taken for one of a MB more.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const { memoryDrift } = thresholds;
        const taken = memoryDrift >= 5 ? memoryDrift + 1 : memoryDrift;
        return referencePolicies.idleListChange(machine, entry, { ...thresholds, memoryDrift: taken });
      },
    },
  }),
});
