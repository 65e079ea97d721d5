import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'ignores-the-memory-drift',
  sentence: 'An entry is refreshed by functions alone, so that what it says of memory drifts without bound.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, {
          ...thresholds,
          memoryDrift: Number.POSITIVE_INFINITY,
        }),
    },
  }),
});
