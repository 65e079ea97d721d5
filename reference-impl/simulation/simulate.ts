import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { nowMs } from '../io/clock.ts';
import { type Scheduler, withWordsOf } from '../scheduler.ts';
import { Clock } from './clock.ts';
import { refuseWithoutPaging } from './disk.ts';
import type { DiskFigures } from './disks.ts';
import { type ClassMetrics, Metrics } from './metrics.ts';
import { configurationOf, type SimulationOptions } from './options.ts';
import type { Played } from './play-options.ts';
import type { Stretched } from './stretch.ts';
import { type SyntheticWorkload, synthesize } from './synthetic.ts';
import { seconds as shown } from './text.ts';
import type { RealTrace } from './traces/real-trace.ts';
import { type WorkloadItem, workloadOf } from './workload.ts';

/** What a simulation is made of. Same input, same report, but for the figures a second of the wall clock. */
export interface SimulationInput {
  /** A real trace; without one the workload is drawn. */
  trace?: RealTrace;
  options: SimulationOptions;
  /** Each plays the same workload. */
  schedulers: readonly Scheduler[];
  /** Makes an inspector that looks at every step of a run, such as a judge, and gives its verdict in a word. */
  inspect?: (configuration: Configuration, scheduler: Scheduler) => Inspector | undefined;
  /** How the load of a drawn workload changes, the first from 0 on; by default it is always that of the options. */
  phases?: SyntheticWorkload['phases'];
  /** When everything stops, in ms, whoever has not ended; by default when nothing more will happen. */
  untilMs?: number;
  /** The wall clock, in ms. */
  wallMs?: () => number;
  /** How many functions may be alive at once: arrived, and not ended. */
  mostLive?: number;
}

export interface Inspector {
  step(step: Step): void;
  verdict(): string;
}

/** A simulation, as JSON has it. */
export interface SimulationReport {
  /** What was read; `null` when the workload was drawn. */
  trace: TraceFigures | null;
  assumed: SimulationOptions;
  runs: SimulationRun[];
  /** Where it was interrupted: whose turn had not come, and what is not shown. */
  interrupted?: { notSimulated: readonly string[] };
  /** How a scheduler broke, if one did: neither it nor those after it are shown. */
  broken?: string;
}

export interface TraceFigures
  extends Pick<
    RealTrace,
    'name' | 'schema' | 'invocations' | 'functions' | 'says' | 'joined' | 'shorterThanOneMs'
  > {
  /** Time over which it arrives, as it is and as it was played, and run time of all together, in ms. */
  arrivalSpanMs: number;
  playedSpanMs: number;
  runMs: number;
}

/** What one scheduler made of the workload. */
export interface SimulationRun {
  scheduler: string;
  /** Whether it was ended before the workload: then its figures are those up to `endedAtMs`. */
  interrupted?: true;
  /** If it ignores memory, nothing is ever swapped or killed, and its zeros say nothing. */
  memory: 'bounded' | 'unbounded';
  functions: number;
  completed: number;
  killed: number;
  throttled: number;
  unfinished: number;
  /** `accepted`, or whatever the inspector says; `null` without an inspector. */
  verdict: string | null;
  classes: ClassMetrics[];
  /** Virtual time from the first arrival to the last event. */
  endedAtMs: number;
  steps: number;
  preemptions: number;
  /** Parts of what there was over that time, from 0 to 1. */
  cpuUtilization: number;
  memoryUtilization: number;
  /** The most that was swapped out at once in the whole cluster, and all that ever was. */
  swapMb: { peak: number; total: number };
  /** What the disks did; absent where a page moves at once. */
  disk?: DiskFigures;
  eventsPerSecond: number;
  functionsPerSecond: number;
}

const DEFAULT_LOAD = 0.8;
const DEFAULT_DURATION_MS = 600_000;

/** They take up to two gigabytes, with what a scheduler knows of them. */
const MOST_LIVE = 2_000_000;
/** Events between two looks at how many there are. */
const EVENTS_BETWEEN = 20_000;

/** Plays a real trace, or a workload that is drawn, into each scheduler, in virtual time. */
export function simulate(input: SimulationInput): SimulationReport {
  const running = input.schedulers.map((scheduler) => new Running(scheduler, input));
  for (const run of running) run.advance(Number.POSITIVE_INFINITY);
  return reportOf(
    input,
    running.map((run) => run.end()),
  );
}

export function reportOf({ trace, options }: SimulationInput, runs: SimulationRun[]): SimulationReport {
  return { trace: trace === undefined ? null : describe(trace, options), assumed: options, runs };
}

/** One scheduler's run, which can be played in parts. */
export class Running {
  readonly #scheduler: Scheduler;
  readonly #metrics: Metrics;
  readonly #inspector: Inspector | undefined;
  readonly #clock: Clock;
  readonly #wallMs: () => number;
  readonly #mostLive: number;
  #spentMs = 0;

  constructor(scheduler: Scheduler, input: SimulationInput) {
    const { options, inspect, wallMs = nowMs, mostLive = MOST_LIVE } = input;
    refuseWithoutPaging([scheduler], options.disk);
    const configuration = withWordsOf(scheduler, configurationOf(options));
    const inspector = inspect?.(configuration, scheduler);
    this.#scheduler = scheduler;
    this.#wallMs = wallMs;
    this.#mostLive = mostLive;
    this.#inspector = inspector;
    this.#metrics = new Metrics(configuration.classes);
    this.#clock = new Clock({
      scheduler,
      configuration,
      workload: workloadFor(input),
      turnMs: options.turnMs,
      ...(options.disk === undefined ? {} : { disk: options.disk }),
      ...(input.untilMs === undefined ? {} : { untilMs: input.untilMs }),
      ...(inspector === undefined ? {} : { observer: (step) => inspector.step(step) }),
      onEnd: (ended) => this.#metrics.add(ended),
    });
  }

  get counts(): { submitted: number; live: number } {
    return this.#clock.counts;
  }

  /**
   * Plays some events more.
   *
   * @returns whether there are any left.
   * @throws InputError with one line when more functions are alive than there is room for.
   */
  advance(events: number): boolean {
    const startedAtMs = this.#wallMs();
    let goesOn = true;
    for (let left = events; goesOn && left > 0; left -= EVENTS_BETWEEN) {
      goesOn = this.#clock.advance(Math.min(left, EVENTS_BETWEEN));
      refuseTooMany(this.#scheduler.name, this.#clock, this.#mostLive);
    }
    this.#spentMs += this.#wallMs() - startedAtMs;
    return goesOn;
  }

  end(): SimulationRun {
    const played = this.#clock.end();
    const verdict = this.#inspector?.verdict() ?? null;
    return summarize(this.#scheduler, this.#metrics, played, verdict, this.#spentMs / 1000);
  }
}

function refuseTooMany(scheduler: string, { counts, nowMs }: Clock, mostLive: number): void {
  if (counts.live <= mostLive) return;
  throw new InputError(
    `${scheduler}: ${counts.live} functions had arrived and not ended at ${shown(nowMs)}, and there is room for ` +
      `${mostLive}; try more --machines, or less with --load or --functions`,
  );
}

/** A run of this input, of which a stretch can be taken. @param create makes its scheduler anew. */
export function stretchedOf(input: SimulationInput, create: () => Scheduler): Stretched {
  const { options } = input;
  return {
    configuration: withWordsOf(create(), configurationOf(options)),
    turnMs: options.turnMs,
    ...(options.disk === undefined ? {} : { disk: options.disk }),
    scheduler: create,
    workload: () => workloadFor(input),
  };
}

function workloadFor(input: SimulationInput): Iterable<WorkloadItem> {
  const items = itemsOf(input);
  const { without = [], initialMemoryMb } = input.options;
  return without.includes('shrink') ? neverBelow(items, initialMemoryMb) : items;
}

/** Functions that do not grow to less than what they begin with. */
function* neverBelow(items: Iterable<WorkloadItem>, leastMb: number): Iterable<WorkloadItem> {
  for (const item of items) yield { ...item, finalMemoryMb: Math.max(item.finalMemoryMb, leastMb) };
}

function itemsOf({ trace, options, phases }: SimulationInput): Iterable<WorkloadItem> {
  const { load, durationMs, functions, machines, cores, seed } = options;
  const untilMs = durationMs ?? Number.POSITIVE_INFINITY;
  const atMost = functions ?? Number.POSITIVE_INFINITY;
  if (trace !== undefined) {
    return upTo(workloadOf(trace.items(seed), options, stretchOf(trace, options)), untilMs, atMost);
  }
  const isEndless = durationMs === null && functions === null;
  return synthesize({
    ...options,
    tickMs: 1000,
    phases: phases ?? [{ fromMs: 0, load: load ?? DEFAULT_LOAD }],
    cores: machines * cores,
    untilMs: isEndless ? DEFAULT_DURATION_MS : untilMs,
    functions: atMost,
    seed,
  });
}

function* upTo(items: Iterable<WorkloadItem>, untilMs: number, atMost: number): Iterable<WorkloadItem> {
  let count = 0;
  for (const item of items) {
    if (item.arriveMs > untilMs || count++ >= atMost) return;
    yield item;
  }
}

/**
 * The factor by which the times of a trace are multiplied to give the load that was asked for.
 *
 * @throws InputError when it arrives in one instant: work over no time has no load.
 */
function stretchOf(
  { name, runMs, arrivalSpanMs }: RealTrace,
  { load, machines, cores }: SimulationOptions,
): number {
  if (load === null) return 1;
  if (arrivalSpanMs === 0) {
    throw new InputError(
      `--load: all of ${name} arrives in one instant, so it has no load; leave --load out, and any --preset, which sets one`,
    );
  }
  return runMs / (arrivalSpanMs * machines * cores) / load;
}

function describe(trace: RealTrace, options: SimulationOptions): TraceFigures {
  const { name, schema, invocations, functions, arrivalSpanMs, runMs, says, joined, shorterThanOneMs } =
    trace;
  const playedSpanMs = Math.floor(arrivalSpanMs * stretchOf(trace, options));
  const figures = { name, schema, invocations, functions, arrivalSpanMs, playedSpanMs, runMs };
  return { ...figures, says, joined, shorterThanOneMs };
}

function summarize(
  { name, memory = 'bounded' }: Scheduler,
  metrics: Metrics,
  { endedAtMs, steps, usage, disk }: Played,
  verdict: string | null,
  seconds: number,
): SimulationRun {
  const { count, ...endings } = metrics.total;
  return {
    scheduler: name,
    memory,
    functions: count,
    ...endings,
    verdict,
    classes: metrics.classes,
    endedAtMs,
    steps,
    preemptions: usage.preemptions,
    cpuUtilization: usage.cpuUtilization,
    memoryUtilization: usage.memoryUtilization,
    swapMb: { peak: usage.peakSwapMb, total: usage.pagedOutMb },
    ...(disk === null ? {} : { disk }),
    eventsPerSecond: perSecond(steps, seconds),
    functionsPerSecond: perSecond(count, seconds),
  };
}

function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? Math.round(count / seconds) : 0;
}
