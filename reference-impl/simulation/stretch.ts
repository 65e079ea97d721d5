import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../scheduler.ts';
import { Clock } from './clock.ts';
import type { EndedInvocation } from './life.ts';
import type { WorkloadItem } from './workload.ts';

/** A run of which a stretch is wanted. What plays and what arrives is made anew each time it is played. */
export interface Stretched {
  readonly configuration: Configuration;
  readonly turnMs: number;
  scheduler(): Scheduler;
  workload(): Iterable<WorkloadItem>;
}

/** Part of a run, as a run of its own: all it takes to play it again and to judge it. */
export interface Stretch {
  readonly configuration: Configuration;
  readonly steps: readonly Step[];
  /** The steps to look at, counted from 1. */
  readonly fromStep: number;
  readonly toStep: number;
  /** When it was in the run, in ms. */
  readonly fromMs: number;
  readonly toMs: number;
  /**
   * How many were alive when it began, and arrive at once at 0 in its place; null where the steps are those of the run
   * itself, from its very beginning.
   */
  readonly alive: number | null;
}

/** A page plays so many in well under two seconds. */
export const MOST_STEPS = 12_000;

/**
 * Plays a run again and keeps a stretch of it. If the run up to its end is short, the stretch is the run itself, up to
 * there. Otherwise it begins with those who were alive then: they arrive at once, in the order in which they were
 * placed, with what of their run time they have behind them and the memory that they had grown to. What they had waited,
 * which machine they were on, and what the scheduler knew, is not kept. Those who called another call it again.
 *
 * @param mostSteps that it may have; it ends earlier if there are more.
 */
export function stretchOf(
  run: Stretched,
  fromMs: number,
  toMs: number,
  mostSteps: number = MOST_STEPS,
): Stretch {
  const { configuration } = run;
  const whole = recorded(run, run.workload(), toMs, mostSteps);
  if (whole !== null) {
    const first = whole.findIndex(({ at }) => at >= fromMs);
    const fromStep = first < 0 ? whole.length : first + 1;
    return { configuration, steps: whole, fromStep, toStep: whole.length, fromMs, toMs, alive: null };
  }
  const alive = aliveAt(run, fromMs);
  const workload = [...alive, ...arrivingIn(run.workload(), fromMs, toMs)];
  let lastMs = toMs - fromMs;
  for (;;) {
    const steps = recorded(run, workload, lastMs, mostSteps);
    if (steps !== null || lastMs === 0) {
      const part = steps ?? recorded(run, workload.slice(0, mostSteps / 4), 0, Number.POSITIVE_INFINITY)!;
      const bounds = { fromStep: 1, toStep: part.length, fromMs, toMs: fromMs + lastMs };
      return { configuration, steps: part, ...bounds, alive: alive.length };
    }
    lastMs = Math.floor(lastMs / 2);
  }
}

/** All steps up to a time; null when there are too many. */
function recorded(
  { configuration, scheduler, turnMs }: Stretched,
  workload: Iterable<WorkloadItem>,
  untilMs: number,
  mostSteps: number,
): Step[] | null {
  const steps: Step[] = [];
  const observer = ({ at, stimulus, decisions }: Step): void => {
    steps.push({ at, stimulus, decisions: [...decisions] });
  };
  const clock = new Clock({ configuration, scheduler: scheduler(), turnMs, workload, untilMs, observer });
  while (clock.advance(1)) if (steps.length > mostSteps) return null;
  return steps;
}

/** Those who are alive at a time, in the order in which they were placed, and those who were not after them. */
function aliveAt({ configuration, scheduler, turnMs, workload }: Stretched, atMs: number): WorkloadItem[] {
  const alive: EndedInvocation[] = [];
  const clock = new Clock({
    ...{ configuration, scheduler: scheduler(), turnMs, workload: workload(), untilMs: atMs },
    onEnd: (ended) => {
      // A callee comes when it is called again.
      if (ended.ending === 'unfinished' && !ended.isCallee) alive.push(ended);
    },
  });
  clock.advance(Number.POSITIVE_INFINITY);
  clock.end();
  const order = ({ placedAtMs }: EndedInvocation): number => (placedAtMs < 0 ? atMs + 1 : placedAtMs);
  return alive
    .sort((a, b) => order(a) - order(b) || a.id - b.id)
    .map(({ item, executedMs, placedAtMs }) => {
      const behindMs = placedAtMs < 0 ? 0 : Math.min(Math.floor(executedMs), item.runMs - 1);
      return { ...item, arriveMs: 0, ...(behindMs === 0 ? {} : { alreadyMs: behindMs }) };
    });
}

function* arrivingIn(workload: Iterable<WorkloadItem>, fromMs: number, toMs: number): Iterable<WorkloadItem> {
  for (const item of workload) {
    if (item.arriveMs > toMs) return;
    if (item.arriveMs > fromMs) yield { ...item, arriveMs: item.arriveMs - fromMs };
  }
}
