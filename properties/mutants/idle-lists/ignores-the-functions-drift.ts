import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'ignores-the-functions-drift',
  sentence: 'An entry is refreshed by memory alone, so that its count of functions drifts without bound.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, {
          ...thresholds,
          functionsDrift: Number.POSITIVE_INFINITY,
        }),
    },
  }),
});
