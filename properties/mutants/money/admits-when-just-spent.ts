import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'admits-when-just-spent',
  sentence: 'A budget that is spent to the last pico-cent admits one more.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit: (spent, elapsedMs, { budget, ...others }) =>
        referencePolicies.admit(spent, elapsedMs, { ...others, budget }) === 'throttled' && spent === budget
          ? 'degraded'
          : referencePolicies.admit(spent, elapsedMs, { ...others, budget }),
    },
  }),
});
