import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'degrades-at-the-pace',
  sentence: 'A tenant that has spent exactly its pace is degraded.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit: (spent, elapsedMs, budget) =>
        referencePolicies.admit(Math.min(spent + 1, budget.budget), elapsedMs, budget),
    },
  }),
});
