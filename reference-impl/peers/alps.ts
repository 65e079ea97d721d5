import type { Scheduler } from '../scheduler.ts';
import type { Job } from './parts/job.ts';
import { attainedMs, cameFirst, createPreemptive } from './parts/preemptive.ts';
import { RecentRuns } from './parts/recent-runs.ts';

/** What a variant of ALPS does otherwise. */
export interface AlpsPolicies {
  /** How long an invocation is predicted to run, given what was learnt of its function; asked when it is queued. */
  predictedMs(job: Job, recent: RecentRuns): number;
  /** What is left of a prediction once one has attained so much; less than 0 once it is outrun. */
  remainingMs(predictedMs: number, attainedMs: number): number;
  /** Whether one with `ms` left goes before one with `otherMs`, if neither has outrun its prediction. */
  goesBefore(ms: number, otherMs: number): boolean;
}

const ALPS: AlpsPolicies = {
  predictedMs: ({ function: label }, recent) => recent.meanMs(label),
  remainingMs: (predictedMs, attained) => predictedMs - attained,
  goesBefore: (ms, otherMs) => ms < otherMs,
};

/**
 * ALPS (Fu, Shi, Wang, Chen and Cheng, USENIX ATC 2024): shortest remaining time first, approximated from the recent runs of the
 * same function. One that has outrun its prediction goes behind all that have not, by arrival, as ALPS leaves those to
 * the fair scheduler below. A function that is not known yet is predicted 0: it goes first, and then it has outrun that.
 */
export function createAlps(changes: Partial<AlpsPolicies> = {}, name = 'alps'): Scheduler {
  return createByPrediction(name, changes, false);
}

/**
 * What bounds ALPS: shortest remaining processing time, of an oracle that is told how long each will run. Where nobody
 * tells it, it predicts as ALPS does.
 */
export function createSrpt(changes: Partial<AlpsPolicies> = {}, name = 'srpt'): Scheduler {
  return createByPrediction(name, changes, true);
}

function createByPrediction(name: string, changes: Partial<AlpsPolicies>, isOracle: boolean): Scheduler {
  const { predictedMs, remainingMs, goesBefore } = { ...ALPS, ...changes };
  return createPreemptive({
    name,
    isTimed: true,
    isOracle,
    order() {
      const recent = new RecentRuns();
      const expected = new Map<number, number>();
      const left = (job: Job, now: number) => remainingMs(job.mark, attainedMs(job, now));
      return {
        expect: (id, runMs) => expected.set(id, runMs),
        queued(job) {
          job.mark = expected.get(job.id) ?? predictedMs(job, recent);
        },
        completed(job) {
          recent.add(job.function, job.cpuMs);
          expected.delete(job.id);
        },
        before(one, other, now) {
          const ms = left(one, now);
          const otherMs = left(other, now);
          const isOutrun = ms < 0;
          if (isOutrun !== otherMs < 0) return !isOutrun;
          return isOutrun || ms === otherMs ? cameFirst(one, other) : goesBefore(ms, otherMs);
        },
        // The first of those that run to outrun its prediction makes way for one that has not.
        dueAt({ ready, runs }, now) {
          if (left(ready.first!, now) < 0) return null;
          const leastMs = runs.reduce(
            (least, job) => Math.min(least, left(job, now)),
            Number.POSITIVE_INFINITY,
          );
          return now + Math.max(0, leastMs + 1);
        },
      };
    },
  });
}
