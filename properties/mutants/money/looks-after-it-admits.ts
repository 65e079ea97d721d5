import { type Admission, referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'looks-after-it-admits',
  sentence: 'A budget is checked after an admission, and acts on the next.',
  rule: 'admit',
  fault: () => {
    const found = new Map<unknown, Admission>();
    return {
      policies: {
        admit(spent, elapsedMs, budget) {
          const before = found.get(budget) ?? 'as-asked';
          found.set(budget, referencePolicies.admit(spent, elapsedMs, budget));
          return before;
        },
      },
    };
  },
});
