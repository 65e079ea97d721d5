import { availableMb, referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'refreshes-when-memory-shrinks-only',
  sentence: 'An entry is refreshed when there is less memory than it says, but not when there is more.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const change = referencePolicies.idleListChange(machine, entry, thresholds);
        if (change !== 'relist' || machine.live !== entry.functions) return change;
        return availableMb(machine) < entry.available ? 'relist' : 'none';
      },
    },
  }),
});
