import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'enters-only-above-the-threshold',
  sentence: 'A machine that has exactly enough memory joins no list.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(machine, entry, { ...thresholds, enter: thresholds.enter + 1 }),
    },
  }),
});
