import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'burst-grows-with-the-pace',
  sentence: 'The burst is a part of the pace so far, and not of the budget.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit(spent, elapsedMs, { budget, period, burstPercent }) {
        if (spent >= budget) return 'throttled';
        const isAhead = spent * period * 100 > budget * elapsedMs * (100 + burstPercent);
        return isAhead ? 'degraded' : 'as-asked';
      },
    },
  }),
});
