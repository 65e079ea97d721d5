import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../scheduler.ts';
import { readAzure2021, type TracedInvocation } from './azure-2021.ts';
import { type Played, play } from './clock.ts';
import { type ClassMetrics, Metrics } from './metrics.ts';
import { configurationOf, type SimulationOptions } from './options.ts';
import { workloadOf } from './workload.ts';

/** What a simulation is made of. Same input, same report, but for the figures a second of the wall clock. */
export interface SimulationInput {
  trace: { name: string; lines: readonly string[] };
  options: SimulationOptions;
  /** Each plays the same workload. */
  schedulers: readonly Scheduler[];
  /** Makes somebody who looks at every step of a run, such as a judge, and says in a word what came of it. */
  inspect?: (configuration: Configuration, scheduler: string) => Inspector;
  /** The wall clock, in ms. */
  wallMs?: () => number;
}

export interface Inspector {
  step(step: Step): void;
  verdict(): string;
}

/** A simulation, as JSON has it. */
export interface SimulationReport {
  trace: { name: string; invocations: number; functions: number; arrivalSpanMs: number; runMs: number };
  assumed: SimulationOptions;
  runs: SimulationRun[];
}

/** What one scheduler made of the workload. */
export interface SimulationRun {
  scheduler: string;
  functions: number;
  completed: number;
  killed: number;
  throttled: number;
  unfinished: number;
  /** `accepted`, or whatever the inspector says; `null` when nobody looked. */
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
  eventsPerSecond: number;
  functionsPerSecond: number;
}

/**
 * Plays a trace of the Azure 2021 schema into each scheduler, in virtual time.
 *
 * @throws InputError when the trace is not valid.
 */
export function simulate(input: SimulationInput): SimulationReport {
  const invocations = readAzure2021(input.trace.lines);
  return {
    trace: { name: input.trace.name, ...describe(invocations) },
    assumed: input.options,
    runs: input.schedulers.map((scheduler) => runOne(scheduler, invocations, input)),
  };
}

function describe(invocations: readonly TracedInvocation[]): Omit<SimulationReport['trace'], 'name'> {
  return {
    invocations: invocations.length,
    functions: new Set(invocations.map((invocation) => invocation.function)).size,
    arrivalSpanMs: invocations.at(-1)!.arriveMs,
    runMs: invocations.reduce((sum, { runMs }) => sum + runMs, 0),
  };
}

function runOne(
  scheduler: Scheduler,
  invocations: readonly TracedInvocation[],
  { options, inspect, wallMs = () => performance.now() }: SimulationInput,
): SimulationRun {
  const configuration = configurationOf(options);
  const inspector = inspect?.(configuration, scheduler.name);
  const metrics = new Metrics(configuration.classes);
  const startedAtMs = wallMs();
  const played = play({
    scheduler,
    configuration,
    workload: workloadOf(invocations, options),
    turnMs: options.turnMs,
    ...(inspector === undefined ? {} : { observer: (step) => inspector.step(step) }),
    onEnd: (ended) => metrics.add(ended),
  });
  const seconds = (wallMs() - startedAtMs) / 1000;
  return summarize(scheduler.name, metrics, played, inspector?.verdict() ?? null, seconds);
}

function summarize(
  scheduler: string,
  metrics: Metrics,
  { endedAtMs, steps, usage }: Played,
  verdict: string | null,
  seconds: number,
): SimulationRun {
  const { count, ...endings } = metrics.total;
  return {
    scheduler,
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
    eventsPerSecond: perSecond(steps, seconds),
    functionsPerSecond: perSecond(count, seconds),
  };
}

function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? Math.round(count / seconds) : 0;
}
