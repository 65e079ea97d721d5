import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-spending-twice',
  sentence: 'What a tenant has spent is taken from two accounts that both have all of it.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit: (spent, elapsedMs, budget) => referencePolicies.admit(2 * spent, elapsedMs, budget),
    },
  }),
});
