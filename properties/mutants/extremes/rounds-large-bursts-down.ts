import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'rounds-large-bursts-down',
  sentence: 'The burst of a budget of 2^46 pico-cents and more is rounded down to whole ones.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit(spent, elapsedMs, tenant) {
        const { budget, period, burstPercent } = tenant;
        if (budget < 2 ** 46 || spent >= budget) return referencePolicies.admit(spent, elapsedMs, tenant);
        const burst = (BigInt(budget) * BigInt(burstPercent)) / 100n;
        const elapsed = BigInt(budget) * BigInt(elapsedMs);
        return (BigInt(spent) - burst) * BigInt(period) > elapsed ? 'degraded' : 'as-asked';
      },
    },
  }),
});
