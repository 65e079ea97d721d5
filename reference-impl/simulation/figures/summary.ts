import Table from 'cli-table3';
import { clip, listed, NO_LINES, percent, short, wrap } from '../text.ts';
import { captionOf, sweptCaptionOf, titleOf } from './caption.ts';
import type { SceneRun } from './play-scene.ts';
import type { Scene } from './scene.ts';
import type { ClassPhase } from './series.ts';
import type { Sweep } from './sweep.ts';

/** A figure in words and tables, at most 80 columns wide. */
export function summaryText(scene: Scene, runs: readonly SceneRun[]): string {
  return [
    wrap(titleOf(scene)),
    '',
    wrap(captionOf(scene)),
    '',
    'Latency over run time (1x: never waited), of all that arrived in a phase.',
    wrap('Unfinished ones count as what their latency is so far, which is the least it can be.'),
    ...scene.workload.phases.flatMap((_, phase) => [
      '',
      phaseTitle(scene, runs, phase),
      phaseTable(runs, phase),
    ]),
    ...runs.flatMap((run) => ['', wrap(outcome(run))]),
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
    String(killed),
  ];
}

function outcome(run: SceneRun): string {
  const { p5, p50, p95, max } = run.peakSwapOfMachineMb;
  const swapped =
    run.swapMb.peak === 0
      ? 'nothing was swapped'
      : `swap held at most ${mb(run.swapMb.peak)} at once in the cluster, and ${mb(run.swapMb.total)} went there in a run; ` +
        `the most that a machine ever held in swap was ${mb(p5)} (p5 of the machines), ${mb(p50)} (p50), ${mb(p95)} (p95), ${mb(max)} (max)`;
  return (
    `${run.scheduler}: ${run.functions} functions, ${run.completed} completed, ${run.killed} killed, ` +
    `${run.unfinished} unfinished; ${run.verdict ?? 'not judged'}. CPU ${percent(run.cpuUtilization)} busy, ` +
    `RAM ${percent(run.memoryUtilization)} used; ${run.preemptions} preemptions; ${swapped}.`
  );
}

/** A sweep as a table: one line a value and scheduler. */
export function sweepText(
  scene: Scene,
  { name, values }: Sweep,
  runs: readonly (readonly SceneRun[])[],
): string {
  const table = plain([name, 'scheduler', 'high', 'low', 'unfin.', 'killed', 'cpu', 'RAM', 'swap', 'in all']);
  for (const [at, value] of values.entries()) {
    for (const run of runs[at]!) {
      const worst = (ofClass: number): number =>
        Math.max(...run.phases.map(({ classes }) => classes.at(ofClass)!.slowdown.p99 ?? 0));
      table.push([
        String(value),
        clip(run.scheduler),
        times(worst(-1)),
        times(worst(0)),
        String(run.unfinished),
        String(run.killed),
        percent(run.cpuUtilization),
        percent(run.memoryUtilization),
        mb(run.swapMb.peak),
        mb(run.swapMb.total),
      ]);
    }
  }
  return [
    wrap(`${titleOf(scene)}, by ${name}`),
    '',
    wrap(sweptCaptionOf(scene, { name, values })),
    '',
    'p99 of latency over run time, of the highest and the lowest class, in the',
    'worst phase; swapped at once, and in all, in a run:',
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
  return value === null ? '-' : `${short(value)}x`;
}

function mb(value: number): string {
  if (value >= 1e6) return `${short(value / 1e6)} TB`;
  return value >= 1000 ? `${short(value / 1000)} GB` : `${short(value)} MB`;
}
