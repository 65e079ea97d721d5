import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'leaves-a-mb-too-late',
  sentence: 'A machine that lacks one MB of what it takes stays.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, { ...thresholds, leave: thresholds.leave - 1 }),
    },
  }),
});
