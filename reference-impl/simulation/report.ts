import Table from 'cli-table3';
import { counted } from '../../model/counted.ts';
import type { ClassMetrics } from './metrics.ts';
import { preamble } from './prose.ts';
import type { SimulationReport, SimulationRun } from './simulate.ts';
import { clip, csvField, listed, NO_LINES, percent, seconds, short, wrap } from './text.ts';

/** A simulation as text for people, at most 80 columns wide: what was given, what was assumed, what came of it. */
export function reportText(report: SimulationReport): string {
  return [
    wrap(preamble(report)),
    ...report.runs.map((run) => runText(run)),
    ...(report.interrupted === undefined ? [] : [wrap(interruptedText(report.interrupted))]),
  ].join('\n\n');
}

/** That a simulation was interrupted, and what is not shown for that. */
export function interruptedText({ notSimulated }: { readonly notSimulated: readonly string[] }): string {
  if (notSimulated.length === 0) return 'Interrupted.';
  return `Interrupted: not simulated, and so not shown: ${listed(notSimulated)}.`;
}

function runText(run: SimulationRun): string {
  return [
    wrap(outcome(run)),
    'Latency of those that completed, from submission to completion:',
    latencyTable(run.classes),
    wrap(
      `CPU ${percent(run.cpuUtilization)} busy, ${ramText(run)} over ` +
        `${seconds(run.endedAtMs)}; ${counted(run.preemptions, 'preemption')}; ${swapText(run)}.${diskText(run)}`,
    ),
  ].join('\n');
}

/** What the disks did, and how long a function of each class was without memory on average. */
function diskText({ disk, classes }: SimulationRun): string {
  if (disk === undefined) return '';
  const waits = classes
    .flatMap(({ name, count }, index) =>
      count === 0 ? [] : [`${clip(name)} ${seconds(disk.memoryWaitMs[index]! / count)}`],
    )
    .reverse();
  return (
    ` Disks ${percent(disk.utilization)} busy: ${counted(disk.transfers, 'transfer')}, ${disk.pagedOutMb} MB out and ` +
    `${disk.pagedInMb} MB in, ${short(disk.movedPerMb)} MB for each MB that was asked for and given. A function was placed, ` +
    `not all of it in RAM, on average for: ${listed(waits)}.`
  );
}

/** A scheduler that does not look at memory may place more than there is. */
function ramText({ memoryUtilization }: SimulationRun): string {
  if (memoryUtilization <= 1) return `RAM ${percent(memoryUtilization)} used`;
  return `RAM taken ${short(memoryUtilization)} times over`;
}

function swapText({ memory, swapMb }: SimulationRun): string {
  if (memory === 'unbounded') return 'unbounded memory, so nothing is ever swapped or killed';
  return `swapped at most ${swapMb.peak} MB at once, ${swapMb.total} MB in all`;
}

function outcome(run: SimulationRun): string {
  const endings = (['completed', 'killed', 'throttled', 'unfinished'] as const)
    .filter((ending) => ending === 'completed' || run[ending] > 0)
    .map((ending) => `${run[ending]} ${ending}`);
  const judged = run.verdict === null ? 'not judged' : run.verdict;
  const early = run.interrupted
    ? ` Interrupted at ${seconds(run.endedAtMs)}: what had not ended by then is unfinished, and what had not arrived is not counted.`
    : '';
  return `${run.scheduler}: of ${counted(run.functions, 'invocation')} ${listed(endings)}; ${counted(run.steps, 'step')}, ${judged}.${early}`;
}

function latencyTable(classes: readonly ClassMetrics[]): string {
  const table = new Table({
    head: ['class', 'done', 'mean', 'p50', 'p90', 'p99', 'max', 'slowdown'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
    chars: NO_LINES,
  });
  // A trace may have no functions of a class, such as those between its highest and its lowest.
  const present = classes.filter(({ count }) => count > 0);
  for (const { name, count, completed, latencyMs, slowdown } of present.toReversed()) {
    const { mean, p50, p90, p99, max } = latencyMs;
    const latencies = [mean, p50, p90, p99, max].map((ms) => (ms === null ? '-' : seconds(ms)));
    const stretch = slowdown.p50 === null ? '-' : `${short(slowdown.p50)}x`;
    table.push([clip(name), `${completed}/${count}`, ...latencies, stretch]);
  }
  return `${table.toString()}\n Slowdown is the median of latency over run time.`;
}

/** What became of each class, as CSV: one row a scheduler and class. */
export function classesCsv({ runs }: SimulationReport): string {
  const head =
    'scheduler,class,price,count,completed,killed,throttled,unfinished,latency_mean_ms,latency_p50_ms,' +
    'latency_p90_ms,latency_p99_ms,latency_max_ms,slowdown_mean,slowdown_p50,slowdown_p90,slowdown_p99,slowdown_max';
  const rows = runs.flatMap(({ scheduler, classes }) =>
    classes.map(({ name, price, count, completed, killed, throttled, unfinished, latencyMs, slowdown }) =>
      [
        scheduler,
        csvField(name),
        price,
        count,
        completed,
        killed,
        throttled,
        unfinished,
        ...[latencyMs, slowdown].flatMap(({ mean, p50, p90, p99, max }) => [mean, p50, p90, p99, max]),
      ]
        .map((value) => value ?? '')
        .join(','),
    ),
  );
  return `${[head, ...rows].join('\n')}\n`;
}
