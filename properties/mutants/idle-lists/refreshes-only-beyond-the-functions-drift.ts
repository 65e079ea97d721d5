import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'refreshes-only-beyond-the-functions-drift',
  sentence: 'An entry that is off by exactly the functions drift is left as it is.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, {
          ...thresholds,
          functionsDrift: thresholds.functionsDrift + 1,
        }),
    },
  }),
});
