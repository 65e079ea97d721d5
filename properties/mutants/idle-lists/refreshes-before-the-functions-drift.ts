import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'refreshes-before-the-functions-drift',
  sentence: 'An entry is refreshed when it is off by one function less than the drift.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, {
          ...thresholds,
          functionsDrift: Math.max(1, thresholds.functionsDrift - 1),
        }),
    },
  }),
});
