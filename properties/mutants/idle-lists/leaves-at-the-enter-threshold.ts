import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'leaves-at-the-enter-threshold',
  sentence: 'One threshold serves both: a machine leaves as soon as it would not join.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, { ...thresholds, leave: thresholds.enter }),
    },
  }),
});
