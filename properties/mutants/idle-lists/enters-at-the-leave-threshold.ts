import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'enters-at-the-leave-threshold',
  sentence: 'One threshold serves both: a machine joins as soon as it would not have to leave.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, { ...thresholds, enter: thresholds.leave }),
    },
  }),
});
