import Table from 'cli-table3';
import { clip, gbOf, listed, NO_LINES, percent, short, wrap } from '../text.ts';
import { captionOf, NEVER_COMPLETED, sweptCaptionOf, titleOf } from './caption.ts';
import { type SceneRun, unlessUnbounded } from './play-scene.ts';
import type { Scene } from './scene.ts';
import type { ClassPhase } from './series.ts';
import { type Sweep, shownValue } from './sweep.ts';

/** A figure in words and tables, at most 80 columns wide. */
export function summaryText(scene: Scene, runs: readonly SceneRun[]): string {
  return [
    wrap(titleOf(scene)),
    '',
    wrap(captionOf(scene)),
    '',
    wrap(
      `Latency over run time (1x: never waited), of all that arrived in a phase; ${NEVER_COMPLETED}, which is the least that their latency can be.`,
    ),
    ...scene.workload.phases.flatMap((_, phase) => [
      '',
      phaseTitle(scene, runs, phase),
      phaseTable(runs, phase),
    ]),
    ...runs.flatMap((run) => ['', wrap(outcome(run, scene))]),
  ].join('\n');
}

function phaseTitle({ workload, shownMs }: Scene, runs: readonly SceneRun[], phase: number): string {
  const { fromMs, load } = workload.phases[phase]!;
  const toMs = workload.phases[phase + 1]?.fromMs ?? shownMs;
  const busy = runs.map((run) => `${run.scheduler} ${percent(run.phases[phase]!.cpuUtilization)}`);
  return wrap(
    `Ticks ${fromMs / workload.tickMs} to ${toMs / workload.tickMs}, load ${load}; cores busy: ${listed(busy)}`,
  );
}

function phaseTable(runs: readonly SceneRun[], phase: number): string {
  const table = plain(['class', 'scheduler', 'arrived', 'mean', 'p50', 'p99', 'max', 'unfinished', 'killed']);
  const { length } = runs[0]!.classes;
  for (let ofClass = length - 1; ofClass >= 0; ofClass--) {
    for (const run of runs) table.push(classCells(run.phases[phase]!.classes[ofClass]!, run));
  }
  return table.toString();
}

function classCells({ name, arrived, slowdown, unfinished, killed }: ClassPhase, run: SceneRun): string[] {
  const { mean, p50, p99, max } = slowdown;
  return [
    clip(name),
    clip(run.scheduler),
    String(arrived),
    ...[mean, p50, p99, max].map(times),
    String(unfinished),
    orDash(unlessUnbounded(run, killed), String),
  ];
}

function outcome(run: SceneRun, { shownMs, workload }: Scene): string {
  return (
    `${run.scheduler}: ${run.functions} functions, ${run.completed} completed, ${run.killed} killed, ` +
    `${run.unfinished} unfinished; ${run.verdict ?? 'not judged'}. Until tick ${shownMs / workload.tickMs}: CPU ` +
    `${percent(run.cpuUtilization)} busy, RAM ${percent(run.memoryUtilization)} taken; ` +
    `${run.preemptions} preemptions in all runs; ${swapText(run)}.${diskText(run)}`
  );
}

function diskText({ disk }: SceneRun): string {
  if (disk === undefined) return '';
  return ` Disks ${percent(disk.utilization)} busy, ${short(disk.movedPerMb)} MB moved for each MB that was asked for and given.`;
}

function swapText({ memory, swapMb, peakSwapOfMachineMb: { p5, p50, p95, max } }: SceneRun): string {
  if (memory === 'unbounded') return 'unbounded memory, so nothing is ever swapped or killed';
  if (swapMb.peak === 0) return 'nothing was swapped';
  return (
    `swap held at most ${gb(swapMb.peak)} GB at once in the cluster, and ${gb(swapMb.total)} GB went there in a run; ` +
    `the most that a machine held in swap was ${gb(p5)} GB (p5 of the machines), ${gb(p50)} (p50), ${gb(p95)} (p95), ${gb(max)} (max)`
  );
}

/** A sweep as a table: one line a value and scheduler. */
export function sweepText(
  scene: Scene,
  { name, values }: Sweep,
  runs: readonly (readonly SceneRun[])[],
): string {
  const table = plain([
    name === 'swap' ? 'swap GB' : name === 'bandwidth' ? 'MB/s' : name,
    'scheduler',
    'high',
    'low',
    'unfin.',
    'killed',
    'cpu',
    'RAM',
    'peak GB',
    'all GB',
  ]);
  for (const [at, value] of values.entries()) {
    for (const run of runs[at]!) {
      const worst = (ofClass: number): number =>
        Math.max(...run.phases.map(({ classes }) => classes.at(ofClass)!.slowdown.p99 ?? 0));
      table.push([
        String(shownValue(name, value)),
        clip(run.scheduler),
        times(worst(-1)),
        times(worst(0)),
        String(run.unfinished),
        orDash(unlessUnbounded(run, run.killed), String),
        percent(run.cpuUtilization),
        percent(run.memoryUtilization),
        ...[run.swapMb.peak, run.swapMb.total].map((mb) => orDash(unlessUnbounded(run, mb), gb)),
      ]);
    }
  }
  return [
    wrap(`${titleOf(scene)}, by ${name}`),
    '',
    wrap(sweptCaptionOf(scene, { name, values })),
    '',
    wrap(
      `p99 of latency over run time, of the highest and the lowest class, in the worst phase (by arrival; ${NEVER_COMPLETED}). Until tick ${scene.shownMs / scene.workload.tickMs}: ` +
        'cores busy, RAM taken, and what was in swap at once at most and went there in all, in a run (-: unbounded memory).',
    ),
    table.toString(),
  ].join('\n');
}

function plain(head: string[]) {
  return new Table({
    head,
    colAligns: head.map((_, index) => (index < 2 ? ('left' as const) : ('right' as const))),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    chars: NO_LINES,
  });
}

function times(value: number | null): string {
  return orDash(value, (known) => `${short(known)}x`);
}

function orDash(value: number | null, text: (known: number) => string): string {
  return value === null ? '-' : text(value);
}

function gb(mb: number): string {
  return short(gbOf(mb));
}
