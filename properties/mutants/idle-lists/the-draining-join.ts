import { availableMb, referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-draining-join',
  sentence: 'A machine that drains joins a list when it has memory.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange(machine, entry, thresholds) {
        const change = referencePolicies.idleListChange(machine, entry, thresholds);
        const joins = machine.status === 'draining' && machine.listedOn === NONE;
        return joins && availableMb(machine) >= thresholds.enter ? 'list' : change;
      },
    },
  }),
});
