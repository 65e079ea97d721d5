import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'two-tenants-pay',
  sentence: 'Only the first two tenants are ever throttled or degraded.',
  rule: 'admit',
  fault: () => {
    let submits = 0;
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'submit') submits = stimulus.tenant;
        return [stimulus];
      },
      policies: {
        admit: (spent, elapsedMs, budget) =>
          submits > 1 ? 'as-asked' : referencePolicies.admit(spent, elapsedMs, budget),
      },
    };
  },
});
