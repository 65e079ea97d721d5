import Table from 'cli-table3';
import { counted } from '../../../model/counted.ts';
import { csvTable } from '../csv-table.ts';
import { unlessUnbounded } from '../figures/play-scene.ts';
import type { ClassMetrics } from '../metrics.ts';
import type { SimulationOptions } from '../options.ts';
import { preamble } from '../prose.ts';
import { interruptedText } from '../report.ts';
import type { SimulationRun, TraceFigures } from '../simulate.ts';
import type { SyntheticWorkload } from '../synthetic.ts';
import { clip, listed, NO_LINES, percent, seconds, short, wrap } from '../text.ts';

/** One workload and what each scheduler made of it, as JSON has it. */
export interface CrowdingRow {
  /** Of a sweep; `null` of a trace as it is, and of the burst. */
  load: number | null;
  trace: TraceFigures | null;
  assumed: SimulationOptions;
  /** The burst: the load from each time on; `null` when it does not change. */
  phases: SyntheticWorkload['phases'] | null;
  /** When it was stopped, in ms; `null` when it was played to its end. */
  untilMs: number | null;
  /** The scheduler that serves the highest class best comes first. */
  runs: SimulationRun[];
}

export interface CrowdingReport {
  experiment: 'crowding';
  rows: CrowdingRow[];
  /** Where it was interrupted: who was not simulated to the end, and so is not shown. */
  interrupted?: { notSimulated: readonly string[] };
}

/** The scheduler that serves the highest class best comes first: by its p99, then by its median, then by name. */
export function bestForTheHighestFirst(runs: readonly SimulationRun[]): SimulationRun[] {
  const order = (value: number | null): number => value ?? Number.POSITIVE_INFINITY;
  const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
  return runs.toSorted((one, other) => {
    const [a, b] = [one, other].map(({ classes }) => classes.at(-1)!.slowdownOfAll);
    return (
      compare(order(a!.p99), order(b!.p99)) ||
      compare(order(a!.p50), order(b!.p50)) ||
      one.scheduler.localeCompare(other.scheduler, 'en')
    );
  });
}

/** The comparison as text for people, at most 80 columns wide. */
export function crowdingText({ rows, interrupted }: CrowdingReport): string {
  const early = interrupted === undefined ? [] : [wrap(interruptedText(interrupted))];
  return [...rows.map(rowText), ...early].join('\n\n');
}

function rowText(row: CrowdingRow): string {
  const { trace, assumed, phases, untilMs, runs } = row;
  const burst =
    phases === null
      ? undefined
      : `at a load of ${listed(phases.map(({ fromMs, load }) => `${load} from ${seconds(fromMs)} on`))}`;
  return [
    wrap(preamble({ trace, assumed }, burst)),
    wrap(
      `${untilMs === null ? 'It is played to its end' : `Everything stops at ${seconds(untilMs)}`}. Slowdown is latency over run time (1x: never waited), latency from submission to completion, both over all that were submitted: who is killed, throttled or unfinished counts as never completed. What serves the highest class best comes first.`,
    ),
    '',
    classTable(runs),
    '',
    clusterTable(runs),
    ...(runs.some(({ memory }) => memory === 'unbounded')
      ? [wrap('-: a scheduler with no idea of memory, which neither swaps nor kills.')]
      : []),
  ].join('\n');
}

function plain(head: readonly string[]): Table.Table {
  return new Table({
    head: [...head],
    colAligns: head.map((name) => (name === 'scheduler' || name === 'class' ? 'left' : 'right')),
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
    chars: NO_LINES,
  });
}

function classTable(runs: readonly SimulationRun[]): string {
  const table = plain(['scheduler', 'class', 'p50', 'p99', 'slow p50', 'p99', 'unfin.', 'kill', '429']);
  for (const run of runs) {
    const present = run.classes.filter(({ count }) => count > 0);
    for (const [index, ofClass] of present.toReversed().entries()) {
      table.push([index === 0 ? clip(run.scheduler, LONGEST_SCHEDULER) : '', ...classCells(run, ofClass)]);
    }
  }
  return `${table.toString()}\n 429 counts those that were throttled.`;
}

/** So that a line has at most 80 columns. */
const LONGEST_SCHEDULER = 18;
const LONGEST_CLASS = 10;

function classCells({ memory }: SimulationRun, ofClass: ClassMetrics): string[] {
  const { name, latencyOfAllMs, slowdownOfAll, unfinished, killed, throttled } = ofClass;
  return [
    clip(name, LONGEST_CLASS),
    ...[latencyOfAllMs.p50, latencyOfAllMs.p99].map((ms) => (ms === null ? 'never' : seconds(ms))),
    ...[slowdownOfAll.p50, slowdownOfAll.p99].map((part) => (part === null ? 'never' : `${short(part)}x`)),
    String(unfinished),
    memory === 'unbounded' ? '-' : String(killed),
    String(throttled),
  ];
}

function clusterTable(runs: readonly SimulationRun[]): string {
  const table = plain(['scheduler', 'functions', 'CPU', 'RAM', 'preemptions', 'swapped MB']);
  for (const {
    scheduler,
    functions,
    cpuUtilization,
    memoryUtilization,
    memory,
    preemptions,
    swapMb,
  } of runs) {
    table.push([
      clip(scheduler, LONGEST_SCHEDULER),
      String(functions),
      percent(cpuUtilization),
      percent(memoryUtilization),
      String(preemptions),
      memory === 'unbounded' ? '-' : String(swapMb.total),
    ]);
  }
  return table.toString();
}

/** What became of each class, as CSV: one row a load, scheduler and class; a field is empty where nothing is known. */
export function crowdingCsv({ rows }: CrowdingReport): string {
  const head =
    'load,scheduler,class,price,count,completed,killed,throttled,unfinished,latency_p50_ms,latency_p99_ms,' +
    'slowdown_p50,slowdown_p99,cpu_utilization,memory_utilization,preemptions,swapped_mb';
  const cells = rows.flatMap(({ load, runs }) =>
    runs.flatMap((run) =>
      run.classes.map((ofClass) => [
        load,
        run.scheduler,
        ofClass.name,
        ofClass.price,
        ofClass.count,
        ofClass.completed,
        unlessUnbounded(run, ofClass.killed),
        ofClass.throttled,
        ofClass.unfinished,
        ofClass.latencyOfAllMs.p50,
        ofClass.latencyOfAllMs.p99,
        ofClass.slowdownOfAll.p50,
        ofClass.slowdownOfAll.p99,
        run.cpuUtilization,
        run.memoryUtilization,
        run.preemptions,
        unlessUnbounded(run, run.swapMb.total),
      ]),
    ),
  );
  return csvTable(head, cells);
}

/** The files of a trace without their folders, the first of several. */
function fileNames(names: string): string {
  const [first, ...others] = names.split(', ').map((name) => name.slice(name.lastIndexOf('/') + 1));
  return others.length === 0 ? first! : `${first} and ${counted(others.length, 'other file')}`;
}

/** How many were compared, on how much. */
export function crowdingTitle({ rows }: CrowdingReport): string {
  const { runs, trace } = rows[0]!;
  const drawn = rows[0]!.phases === null ? 'one load' : "the paper's burst";
  const workload = trace === null ? drawn : fileNames(trace.name);
  const on = rows.length > 1 ? counted(rows.length, 'load') : workload;
  return `Crowding: ${counted(runs.length, 'scheduler')} on ${on}`;
}
