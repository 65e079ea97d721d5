import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'refreshes-before-the-memory-drift',
  sentence: 'An entry is refreshed when it is off by one MB less than the drift.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, {
          ...thresholds,
          memoryDrift: Math.max(1, thresholds.memoryDrift - 1),
        }),
    },
  }),
});
