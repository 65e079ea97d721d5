import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'paces-a-ms-ahead',
  sentence: 'The pace is that of the end of this ms, and not of now.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit: (spent, elapsedMs, budget) => referencePolicies.admit(spent, elapsedMs + 1, budget),
    },
  }),
});
