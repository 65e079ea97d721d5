import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'paces-in-whole-percent',
  sentence: 'The pace is rounded down to whole percents of the budget.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit(spent, elapsedMs, { budget, period, burstPercent }) {
        if (spent >= budget) return 'throttled';
        const percent = Math.floor((100 * elapsedMs) / period) + burstPercent;
        return spent * 100 > budget * percent ? 'degraded' : 'as-asked';
      },
    },
  }),
});
