import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'withholds-a-dying-chunk',
  sentence: 'A chunk whose owner was killed is not offered on idle lists until the disk is done.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(
          { ...machine, demand: machine.demand + (machine.disk?.transfer === 'dying' ? machine.disk.mb : 0) },
          entry,
          thresholds,
        ),
    },
  }),
});
