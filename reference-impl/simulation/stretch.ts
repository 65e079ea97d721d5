import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../scheduler.ts';
import { Clock } from './clock.ts';
import type { Disk } from './disk.ts';
import type { EndedInvocation } from './life.ts';
import { idealMs, type WorkloadItem } from './workload.ts';

/** A run of which a stretch is wanted. What plays and what arrives is made anew each time it is played. */
export interface Stretched {
  readonly configuration: Configuration;
  readonly turnMs: number;
  /** Where the configuration has `paging`. */
  readonly disk?: Disk;
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
export const MOST_STEPS = 10_000;

/** After so many events whoever asked has a turn. */
const EVENTS_AT_ONCE = 20_000;

/** Work that takes long: it pauses now and then, so that something else can have its turn. */
export type InParts<Result> = Generator<void, Result, undefined>;

/**
 * Plays a run again and keeps a stretch of it. If the run up to its end is short, the stretch is the run itself, up to
 * there. Otherwise it begins with those who were alive then: they arrive at once, in the order in which they were
 * placed, with what of their run time they have behind them and the memory that they had grown to. What they had waited,
 * which machine they were on, and what the scheduler knew, is not kept. Those who called another call it again.
 *
 * @param mostSteps that it may have; it ends earlier if there are more.
 */
export function* stretchOf(
  run: Stretched,
  fromMs: number,
  toMs: number,
  mostSteps: number = MOST_STEPS,
): InParts<Stretch> {
  const { configuration } = run;
  const whole = yield* recorded(run, run.workload(), toMs, mostSteps);
  if (whole !== null) {
    const first = whole.findIndex(({ at }) => at >= fromMs);
    const fromStep = first < 0 ? whole.length : first + 1;
    return { configuration, steps: whole, fromStep, toStep: whole.length, fromMs, toMs, alive: null };
  }
  const alive = yield* aliveAt(run, fromMs);
  const workload = [...alive, ...arrivingIn(run.workload(), fromMs, toMs)];
  let lastMs = toMs - fromMs;
  for (;;) {
    const steps = yield* recorded(run, workload, lastMs, mostSteps);
    if (steps !== null || lastMs === 0) {
      // So many at once that even their arrival is too long: some of them have to do.
      const some = workload.slice(0, Math.floor(mostSteps / 4));
      const part = steps ?? (yield* recorded(run, some, 0, Number.POSITIVE_INFINITY))!;
      // Once they have all arrived, and are where they are.
      const later = part.findIndex(({ at }) => at > 0);
      const fromStep = later < 0 ? part.length : later + 1;
      const bounds = { fromStep, toStep: part.length, fromMs, toMs: fromMs + lastMs };
      return { configuration, steps: part, ...bounds, alive: alive.length };
    }
    lastMs = Math.floor(lastMs / 2);
  }
}

function diskOf({ disk }: Pick<Stretched, 'disk'>): Pick<Stretched, 'disk'> {
  return disk === undefined ? {} : { disk };
}

/** All steps up to a time; null when there are too many. */
function* recorded(
  { configuration, scheduler, turnMs, ...others }: Stretched,
  workload: Iterable<WorkloadItem>,
  untilMs: number,
  mostSteps: number,
): InParts<Step[] | null> {
  const steps: Step[] = [];
  const observer = ({ at, stimulus, decisions }: Step): void => {
    steps.push({ at, stimulus, decisions: [...decisions] });
  };
  const playing = { configuration, scheduler: scheduler(), turnMs, ...diskOf(others) };
  const clock = new Clock({ ...playing, workload, untilMs, observer });
  for (let events = 1; clock.advance(1); events++) {
    if (steps.length > mostSteps) return null;
    if (events % EVENTS_AT_ONCE === 0) yield;
  }
  return steps;
}

/** Those who are alive at a time, in the order in which they were placed, and those who were not after them. */
function* aliveAt(
  { configuration, scheduler, turnMs, workload, ...others }: Stretched,
  atMs: number,
): InParts<WorkloadItem[]> {
  const alive: EndedInvocation[] = [];
  const clock = new Clock({
    ...{ configuration, scheduler: scheduler(), turnMs, workload: workload(), untilMs: atMs },
    ...diskOf(others),
    onEnd: (ended) => {
      // A callee comes when it is called again.
      if (ended.ending === 'unfinished' && !ended.isCallee) alive.push(ended);
    },
  });
  while (clock.advance(EVENTS_AT_ONCE)) yield;
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

/** When that invocation of a class arrived whose latency was longest beside its run time, in ms; null if none did. */
export function* worstArrivalOf(
  { configuration, scheduler, turnMs, workload, ...others }: Stretched,
  ofClass: number,
  untilMs: number,
): InParts<number | null> {
  let worst: { slowdown: number; atMs: number } | null = null;
  const clock = new Clock({
    ...{ configuration, scheduler: scheduler(), turnMs, workload: workload(), untilMs },
    ...diskOf(others),
    onEnd({ item, ending, isCallee, submittedAtMs, endedAtMs }) {
      if (item.class !== ofClass || isCallee) return;
      // Who never completed has waited until the end.
      const latencyMs =
        (ending === 'completed' ? endedAtMs : Math.max(endedAtMs, clock.nowMs)) - submittedAtMs;
      const slowdown = latencyMs / idealMs(item);
      if (worst === null || slowdown > worst.slowdown) worst = { slowdown, atMs: submittedAtMs };
    },
  });
  while (clock.advance(EVENTS_AT_ONCE)) yield;
  clock.end();
  return (worst as { atMs: number } | null)?.atMs ?? null;
}
