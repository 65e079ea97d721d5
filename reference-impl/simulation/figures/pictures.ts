import { captionOf, sweptCaptionOf, titleOf } from './caption.ts';
import { COLOURS, type Line, type Panel, type Picture } from './charts.ts';
import type { SceneRun } from './play-scene.ts';
import type { Scene } from './scene.ts';
import type { OverMachines, TickRow } from './series.ts';
import { type Sweep, UNITS } from './sweep.ts';

const CLASS_COLOURS = ['#000000', COLOURS[2], COLOURS[4], COLOURS[3], COLOURS[1]];

/** What a scene looks like: over time, in the order of the paper's figures. */
export function pictureOf(scene: Scene, runs: readonly SceneRun[]): Picture {
  const { tickMs, phases } = scene.workload;
  return {
    title: titleOf(scene),
    caption: captionOf(scene),
    xName: `${scene.figure === 'figure-3' ? 'time of arrival' : 'time'}, ticks of ${tickMs} ms`,
    xMost: scene.shownMs / tickMs,
    panels: scene.figure === 'figure-3' ? latencyPanels(scene, runs) : memoryPanels(scene, runs),
    marks: phases.slice(1).map(({ fromMs }) => fromMs / tickMs),
  };
}

function overTime(
  scene: Scene,
  { ticks }: SceneRun,
  figureOf: (tick: TickRow) => number | null,
): Line['points'] {
  return ticks.map((tick) => [tick.atMs / scene.workload.tickMs, figureOf(tick)]);
}

function latencyPanels(scene: Scene, runs: readonly SceneRun[]): Panel[] {
  const { classes } = scene.workload;
  const latency = (ofClass: number, title: string): Panel => ({
    title,
    yName: 'latency ÷ run time (log)',
    isLog: true,
    lines: runs.flatMap((run, index) => [
      {
        name: `${run.scheduler} p99 (solid)`,
        colour: COLOURS[index % COLOURS.length]!,
        points: overTime(scene, run, (tick) => tick.classes[ofClass]!.slowdownP99),
      },
      {
        name: `${run.scheduler} p50 (dashed)`,
        colour: COLOURS[index % COLOURS.length]!,
        isDashed: true,
        points: overTime(scene, run, (tick) => tick.classes[ofClass]!.slowdownP50),
      },
    ]),
  });
  const highest = classes.length - 1;
  return [
    latency(highest, `High: class ${classes[highest]!.name}, price ${classes[highest]!.price}`),
    latency(
      0,
      `Low: class ${classes[0]!.name}, price ${classes[0]!.price} (unfinished ones count as what they are so far)`,
    ),
    {
      title: 'Utilisation of all cores',
      yName: 'part of core time busy',
      most: 1,
      lines: runs.map((run, index) => ({
        name: `${run.scheduler} p99 (solid)`,
        colour: COLOURS[index % COLOURS.length]!,
        points: overTime(scene, run, (tick) => tick.cpuUtilization),
      })),
    },
  ];
}

function memoryPanels(scene: Scene, runs: readonly SceneRun[]): Panel[] {
  const run = runs.find(({ scheduler }) => scheduler === 'xx') ?? runs[0]!;
  const { classes } = scene.workload;
  const spread = (of: (tick: TickRow) => OverMachines): Line[] => [
    { name: 'machines p5', colour: COLOURS[5], points: overTime(scene, run, (tick) => of(tick).p5) },
    { name: 'machines p50', colour: COLOURS[0], points: overTime(scene, run, (tick) => of(tick).p50) },
    { name: 'machines p95', colour: COLOURS[3], points: overTime(scene, run, (tick) => of(tick).p95) },
    { name: 'machines max', colour: COLOURS[1], points: overTime(scene, run, (tick) => of(tick).max) },
  ];
  const byClass = (of: (tick: TickRow) => readonly number[]): Line[] =>
    classes.map(({ name }, index) => ({
      name: `class ${name} (dashed)`,
      colour: CLASS_COLOURS[index % CLASS_COLOURS.length]!,
      isDashed: true,
      points: overTime(scene, run, (tick) => of(tick)[index]!),
    }));
  return [
    {
      title: `${run.scheduler}: memory utilisation over the machines`,
      yName: 'part of RAM resident',
      most: 1,
      lines: spread((tick) => tick.memoryUtilization),
    },
    {
      title: 'In swap now, by class',
      yName: 'MB in the cluster',
      lines: byClass((tick) => tick.swappedOfClassMb),
    },
    {
      title: 'Swapped out since the beginning, by class',
      yName: 'MB in the cluster',
      lines: byClass((tick) => tick.pagedOutOfClassMb),
    },
    {
      title: 'In swap now, over the machines',
      yName: 'MB of a machine',
      lines: spread((tick) => tick.swappedMb),
    },
    {
      title: 'Swapped out since the beginning, over the machines',
      yName: 'MB of a machine',
      lines: spread((tick) => tick.pagedOutMb),
    },
  ];
}

/** The outcome of a sweep: one point a value. */
export function sweepPicture(
  scene: Scene,
  { name, values }: Sweep,
  runs: readonly (readonly SceneRun[])[],
): Picture {
  const schedulers = runs[0]!.map(({ scheduler }) => scheduler);
  const highest = scene.workload.classes.length - 1;
  const lines = (figureOf: (run: SceneRun) => number | null, isDashed = false): Line[] =>
    schedulers.map((scheduler, index) => ({
      name: scheduler,
      colour: COLOURS[index % COLOURS.length]!,
      isDashed,
      points: values.map((value, at) => [value, figureOf(runs[at]![index]!)]),
    }));
  const worst = (run: SceneRun, ofClass: number): number | null =>
    run.phases.reduce<number | null>((most, { classes }) => {
      const { p99 } = classes[ofClass]!.slowdown;
      return p99 === null ? most : Math.max(most ?? 0, p99);
    }, null);
  return {
    title: `${titleOf(scene)}, by ${name}`,
    caption: sweptCaptionOf(scene, { name, values }),
    xName: UNITS[name],
    xMost: Math.max(...values),
    marks: [],
    panels: [
      {
        title: 'p99 of the highest class, in the worst phase',
        yName: 'latency ÷ run time (log)',
        isLog: true,
        lines: lines((run) => worst(run, highest)),
      },
      {
        title: 'p99 of the lowest class, in the worst phase (unfinished ones count as what they are so far)',
        yName: 'latency ÷ run time (log)',
        isLog: true,
        lines: lines((run) => worst(run, 0)),
      },
      ...(scene.figure === 'figure-4'
        ? [
            {
              title: 'Most ever in swap at once',
              yName: 'MB in the cluster',
              lines: lines((run) => run.swapMb.peak),
            },
            { title: 'Killed, in all runs', yName: 'functions', lines: lines((run) => run.killed) },
          ]
        : [{ title: 'Unfinished, in all runs', yName: 'functions', lines: lines((run) => run.unfinished) }]),
    ],
  };
}
