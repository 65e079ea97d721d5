import { mutantOf } from '../mutant.ts';

export const mutant = mutantOf({
  name: 'paces-in-floating-point',
  sentence: 'The pace is compared as floating point rounds it.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit(spent, elapsedMs, { budget, period, burstPercent }) {
        if (spent >= budget) return 'throttled';
        return spent > budget * (elapsedMs / period + burstPercent / 100) ? 'degraded' : 'as-asked';
      },
    },
  }),
});
