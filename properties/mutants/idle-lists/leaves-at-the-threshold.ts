import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'leaves-at-the-threshold',
  sentence: 'A machine that has exactly enough memory to stay leaves.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, { ...thresholds, leave: thresholds.leave + 1 }),
    },
  }),
});
