import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-throttles',
  sentence: 'A tenant that has spent its budget is only degraded.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit: (spent, elapsedMs, budget) =>
        referencePolicies.admit(spent, elapsedMs, budget) === 'as-asked' ? 'as-asked' : 'degraded',
    },
  }),
});
