import Table from 'cli-table3';
import type { ClassMetrics } from './metrics.ts';
import { show } from './show.ts';
import type { SimulationReport, SimulationRun } from './simulate.ts';
import { clip, counted, listed, NO_LINES, percent, seconds, short, wrap } from './text.ts';

const LONGEST_FILE = 60;

/** A simulation as text for people, at most 80 columns wide: what was given, what was assumed, what came of it. */
export function reportText(report: SimulationReport): string {
  return [wrap(preamble(report)), ...report.runs.map((run) => runText(run))].join('\n\n');
}

function preamble({ trace, assumed }: SimulationReport): string {
  const {
    machines,
    cores,
    ramMb,
    swapMb,
    classes,
    memoryMb,
    growthSteps,
    initialMemoryMb,
    shards,
    turnMs,
    seed,
  } = assumed;
  const weights = classes.map(
    ({ name, price, weight }) => `${clip(name)} (price ${price}, weight ${weight})`,
  );
  const growth =
    growthSteps === 0
      ? `every function keeps its first ${initialMemoryMb} MB`
      : `every function grows from ${initialMemoryMb} MB, in ${counted(growthSteps, 'step')}, to a memory drawn from ` +
        `${memoryMb.least} to ${memoryMb.most} MB (${memoryMb.distribution})`;
  return [
    `${clip(show(trace.name).slice(1, -1), LONGEST_FILE)} gives ${counted(trace.invocations, 'invocation')} of ${counted(trace.functions, 'function')},`,
    `when each arrived and how long it ran: arrivals over ${seconds(trace.arrivalSpanMs)},`,
    `${seconds(trace.runMs)} of run time.`,
    `It gives no classes and no memory. Assumed, and drawn with seed ${seed}: each function belongs to one class,`,
    `${listed(weights)}; ${growth}; the cluster has ${counted(machines, 'machine')} with`,
    `${counted(cores, 'core')}, ${ramMb} MB of RAM and ${swapMb} MB of swap each, and ${counted(shards, 'shard')}`,
    `that ${shards === 1 ? 'takes' : 'take'} ${turnMs} ms to place a function.`,
  ].join(' ');
}

function runText(run: SimulationRun): string {
  return [
    wrap(outcome(run)),
    'Latency, from submission to completion:',
    latencyTable(run.classes),
    wrap(
      `CPU ${percent(run.cpuUtilization)} busy, RAM ${percent(run.memoryUtilization)} used over ` +
        `${seconds(run.endedAtMs)}; ${counted(run.preemptions, 'preemption')}; swapped at most ` +
        `${run.swapMb.peak} MB at once, ${run.swapMb.total} MB in all.`,
    ),
  ].join('\n');
}

function outcome(run: SimulationRun): string {
  const endings = (['completed', 'killed', 'throttled', 'unfinished'] as const)
    .filter((ending) => ending === 'completed' || run[ending] > 0)
    .map((ending) => `${run[ending]} ${ending}`);
  const judged = run.verdict === null ? 'not judged' : run.verdict;
  return `${run.scheduler}: of ${counted(run.functions, 'invocation')} ${listed(endings)}; ${counted(run.steps, 'step')}, ${judged}.`;
}

function latencyTable(classes: readonly ClassMetrics[]): string {
  const table = new Table({
    head: ['class', 'done', 'mean', 'p50', 'p90', 'p99', 'max', 'slowdown'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
    chars: NO_LINES,
  });
  for (const { name, count, completed, latencyMs, slowdown } of classes.toReversed()) {
    const { mean, p50, p90, p99, max } = latencyMs;
    const latencies = [mean, p50, p90, p99, max].map((ms) => (ms === null ? '-' : seconds(ms)));
    const stretch = slowdown.p50 === null ? '-' : `${short(slowdown.p50)}x`;
    table.push([clip(name), `${completed}/${count}`, ...latencies, stretch]);
  }
  return `${table.toString()}\n Slowdown is the median of latency over run time.`;
}
