import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'adds-whole-parts-of-the-pace',
  sentence: 'Either part of the pace, what has elapsed and the burst, is rounded down to whole pico-cents.',
  rule: 'admit',
  fault: () => ({
    policies: {
      admit(spent, elapsedMs, { budget, period, burstPercent }) {
        if (spent >= budget) return 'throttled';
        const pace = Math.floor((budget * elapsedMs) / period) + Math.floor((budget * burstPercent) / 100);
        return spent > pace ? 'degraded' : 'as-asked';
      },
    },
  }),
});
