import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'no-burst',
  sentence: 'Nothing may be spent ahead of time, whatever the burst.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit: (spent, elapsedMs, budget) =>
        referencePolicies.admit(spent, elapsedMs, { ...budget, burstPercent: 0 }),
    },
  }),
});
