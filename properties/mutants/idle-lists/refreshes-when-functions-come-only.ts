import { availableMb, referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'refreshes-when-functions-come-only',
  sentence: 'An entry is refreshed when there are more functions than it says, but not when there are fewer.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const change = referencePolicies.idleListChange(machine, entry, thresholds);
        if (change !== 'relist' || availableMb(machine) !== entry.available) return change;
        return machine.live > entry.functions ? 'relist' : 'none';
      },
    },
  }),
});
