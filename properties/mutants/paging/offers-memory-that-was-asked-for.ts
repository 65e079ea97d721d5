import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'offers-memory-that-was-asked-for',
  sentence: 'Memory that is asked for and not there counts as available on idle lists.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      idleListChange: (machine, entry, thresholds) =>
        referencePolicies.idleListChange(
          { ...machine, demand: machine.demand - (machine.disk?.freshMb ?? 0) },
          entry,
          thresholds,
        ),
    },
  }),
});
