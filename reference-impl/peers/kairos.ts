import type { Scheduler } from '../scheduler.ts';
import type { Job } from './parts/job.ts';
import { attainedMs, cameFirst, createPreemptive } from './parts/preemptive.ts';

/** By how much one that runs may get ahead of one that waits, in ms, before it makes way. */
export const KAIROS_QUANTUM_MS = 100;

/** What a variant of Kairos does otherwise. */
export interface KairosPolicies {
  quantumMs: number;
  /** What one has attained by `now`, in ms. */
  attainedMs(job: Job, now: number): number;
  /** Whether one that has attained `ms` goes before one that has attained `otherMs`. */
  goesBefore(ms: number, otherMs: number): boolean;
}

const KAIROS: KairosPolicies = {
  quantumMs: KAIROS_QUANTUM_MS,
  attainedMs,
  goesBefore: (ms, otherMs) => ms < otherMs,
};

/**
 * Kairos (Delgado, Didona, Dinu and Zwaenepoel, SoCC 2018): no estimates of run time. A central scheduler balances the
 * number of functions; each machine preempts for the least attained service, in slices of a quantum. Attained is what an
 * attempt has run.
 */
export function createKairos(changes: Partial<KairosPolicies> = {}, name = 'kairos'): Scheduler {
  const { quantumMs, attainedMs: attained, goesBefore } = { ...KAIROS, ...changes };
  return createPreemptive({
    name,
    isTimed: true,
    isOracle: false,
    order: () => ({
      before(one, other, now) {
        const ms = attained(one, now);
        const otherMs = attained(other, now);
        return ms === otherMs ? cameFirst(one, other) : goesBefore(ms, otherMs);
      },
      dueAt({ ready, runs }, now) {
        const waitingMs = attained(ready.first!, now);
        const mostMs = runs.reduce((most, job) => Math.max(most, attained(job, now)), 0);
        return now + Math.max(0, waitingMs + quantumMs - mostMs);
      },
    }),
  });
}
