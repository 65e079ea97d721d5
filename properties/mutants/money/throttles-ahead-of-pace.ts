import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'throttles-ahead-of-pace',
  sentence: 'A tenant ahead of pace is throttled, and never degraded.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit: (spent, elapsedMs, budget) =>
        referencePolicies.admit(spent, elapsedMs, budget) === 'as-asked' ? 'as-asked' : 'throttled',
    },
  }),
});
