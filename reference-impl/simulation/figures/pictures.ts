import { clip, gbOf, seconds } from '../text.ts';
import { captionOf, NEVER_COMPLETED, sweptCaptionOf, titleOf } from './caption.ts';
import { COLOURS, DASHES, type Line, type Panel, type Picture, type Stroke } from './picture.ts';
import { type SceneRun, unlessUnbounded } from './play-scene.ts';
import type { Scene } from './scene.ts';
import type { OverMachines, TickRow } from './series.ts';
import { type Sweep, shownValue, UNITS } from './sweep.ts';

/** Classes have colours of their own, which neither schedulers nor machines have. */
const CLASS_COLOURS = ['#000000', COLOURS[2], COLOURS[4], COLOURS[3], '#8c510a'];

const WIDE = 2.2;
const NARROW = 1;

/** What a scene looks like: over time, in the order of the paper's figures. */
export function pictureOf(scene: Scene, runs: readonly SceneRun[]): Picture {
  const { tickMs, phases } = scene.workload;
  return {
    title: titleOf(scene),
    caption: captionOf(scene),
    xAxis: { least: 0, most: scene.shownMs / tickMs },
    panels: scene.figure === 'figure-3' ? latencyPanels(scene, runs) : memoryPanels(scene, runs),
    marks:
      phases.length === 1
        ? []
        : phases.map(({ fromMs, load }) => ({ at: fromMs / tickMs, label: `load ${load}` })),
  };
}

/**
 * Where in its tick a figure is drawn: in the middle if it is about the whole tick, at the end if it was counted then.
 */
const PLACES = { middle: 0.5, end: 1 };

function overTime(
  scene: Scene,
  { ticks }: SceneRun,
  place: keyof typeof PLACES,
  figureOf: (tick: TickRow) => number | null,
): Line['points'] {
  return ticks.map((tick) => [tick.atMs / scene.workload.tickMs + PLACES[place], figureOf(tick)]);
}

function strokeOfScheduler(index: number, width = WIDE): Stroke {
  return { colour: COLOURS[index % COLOURS.length]!, dash: DASHES[index % DASHES.length]!, width };
}

/** Of many classes those with the same dashes have another colour each. */
function strokeOfClass(index: number): Stroke {
  const round = Math.floor(index / DASHES.length);
  return {
    colour: CLASS_COLOURS[(index + round) % CLASS_COLOURS.length]!,
    dash: DASHES[index % DASHES.length]!,
    width: 1.6,
  };
}

function latencyPanels(scene: Scene, runs: readonly SceneRun[]): Panel[] {
  const { classes, tickMs } = scene.workload;
  const latency = (ofClass: number, title: string): Panel => ({
    title,
    xName: `time of arrival, ticks of ${seconds(tickMs)}`,
    yName: 'latency ÷ run time, log scale',
    isLog: true,
    lines: runs.flatMap((run, index) => [
      {
        name: `${run.scheduler} p99`,
        scheduler: run.scheduler,
        stroke: strokeOfScheduler(index),
        points: overTime(scene, run, 'middle', (tick) => tick.classes[ofClass]!.slowdownP99),
      },
      {
        name: `${run.scheduler} p50`,
        scheduler: run.scheduler,
        stroke: strokeOfScheduler(index, NARROW),
        points: overTime(scene, run, 'middle', (tick) => tick.classes[ofClass]!.slowdownP50),
      },
    ]),
  });
  const highest = classes.length - 1;
  const named = (index: number): string =>
    `class ${clip(classes[index]!.name)}, price ${classes[index]!.price}`;
  return [
    latency(highest, `High: ${named(highest)} (${NEVER_COMPLETED})`),
    latency(0, `Low: ${named(0)} (${NEVER_COMPLETED})`),
    {
      title: 'Utilisation of all cores',
      xName: `time, ticks of ${seconds(tickMs)}`,
      yName: 'part of core time busy',
      most: 1,
      lines: runs.map((run, index) => ({
        name: run.scheduler,
        scheduler: run.scheduler,
        stroke: strokeOfScheduler(index),
        points: overTime(scene, run, 'middle', (tick) => tick.cpuUtilization),
      })),
    },
  ];
}

/** The machines in blue, the fuller the darker. */
const SPREAD: readonly { key: keyof OverMachines; stroke: Stroke }[] = [
  { key: 'p5', stroke: { colour: COLOURS[5], dash: DASHES[2]!, width: 1.6 } },
  { key: 'p50', stroke: { colour: COLOURS[0], dash: DASHES[0]!, width: 1.6 } },
  { key: 'p95', stroke: { colour: COLOURS[0], dash: DASHES[1]!, width: 1.6 } },
  { key: 'max', stroke: { colour: '#003a5c', dash: DASHES[3]!, width: NARROW } },
];

function memoryPanels(scene: Scene, runs: readonly SceneRun[]): Panel[] {
  const run = runs.find(({ scheduler }) => scheduler === 'xx') ?? runs[0]!;
  const { classes, tickMs } = scene.workload;
  const xName = `time, ticks of ${seconds(tickMs)}`;
  const spread = (of: (tick: TickRow) => OverMachines, unit: (value: number) => number): Line[] =>
    SPREAD.map(({ key, stroke }) => ({
      name: `machines ${key}`,
      scheduler: run.scheduler,
      stroke,
      points: overTime(scene, run, 'end', (tick) => unit(of(tick)[key])),
    }));
  const byClass = (of: (tick: TickRow) => readonly number[]): Line[] =>
    classes.map(({ name, price }, index) => ({
      // Long names may begin alike, but prices always differ.
      name: clip(name) === name ? name : `${clip(name)} (${price})`,
      scheduler: run.scheduler,
      stroke: strokeOfClass(index),
      points: overTime(scene, run, 'end', (tick) => gbOf(of(tick)[index]!)),
    }));
  return [
    {
      title: `${run.scheduler}: memory utilisation over the machines`,
      xName,
      yName: 'part of RAM taken',
      most: 1,
      lines: spread(
        (tick) => tick.memoryUtilization,
        (part) => part,
      ),
    },
    {
      title: 'In swap now, by class',
      xName,
      yName: 'GB in the cluster',
      lines: byClass((tick) => tick.swappedOfClassMb),
    },
    {
      title: 'Swapped out since the beginning, by class',
      isSum: true,
      xName,
      yName: 'GB in the cluster',
      lines: byClass((tick) => tick.pagedOutOfClassMb),
    },
    {
      title: 'In swap now, over the machines',
      xName,
      yName: 'GB of a machine',
      lines: spread((tick) => tick.swappedMb, gbOf),
    },
    {
      title: 'Swapped out since the beginning, over the machines',
      isSum: true,
      xName,
      yName: 'GB of a machine',
      lines: spread((tick) => tick.pagedOutMb, gbOf),
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
  const lines = (figureOf: (run: SceneRun) => number | null): Line[] =>
    schedulers.map((scheduler, index) => ({
      name: scheduler,
      scheduler,
      stroke: strokeOfScheduler(index),
      points: values.map((value, at) => [shownValue(name, value), figureOf(runs[at]![index]!)]),
    }));
  const worst = (run: SceneRun, ofClass: number): number | null =>
    run.phases.reduce<number | null>((most, { classes }) => {
      const { p99 } = classes[ofClass]!.slowdown;
      return p99 === null ? most : Math.max(most ?? 0, p99);
    }, null);
  // Loads are near one another; others are so far apart that most would stand in a corner.
  const isEven = name === 'load' && values.length > 1;
  const xName = isEven || values.length === 1 ? UNITS[name] : `${UNITS[name]}; not to scale`;
  return {
    title: `${titleOf(scene)}, by ${name}`,
    caption: sweptCaptionOf(scene, { name, values }),
    xAxis: isEven
      ? { least: Math.min(...values), most: Math.max(...values) }
      : { values: values.map((value) => shownValue(name, value)) },
    marks: [],
    panels: [
      {
        title: `p99 of the highest class, in the worst phase (${NEVER_COMPLETED})`,
        xName,
        yName: 'latency ÷ run time, log scale',
        isLog: true,
        lines: lines((run) => worst(run, highest)),
      },
      {
        title: `p99 of the lowest class, in the worst phase (${NEVER_COMPLETED})`,
        xName,
        yName: 'latency ÷ run time, log scale',
        isLog: true,
        lines: lines((run) => worst(run, 0)),
      },
      ...(scene.disk === undefined
        ? []
        : [
            {
              title: 'RAM in use, and disks at work',
              xName,
              yName: 'part of all',
              lines: [
                ...lines((run) => run.memoryUtilization).map((line) => ({
                  ...line,
                  name: `${line.name}, RAM`,
                })),
                ...lines((run) => run.disk!.utilization).map((line) => ({
                  ...line,
                  name: `${line.name}, disks`,
                  stroke: strokeOfScheduler(schedulers.length),
                })),
              ],
            },
          ]),
      ...(scene.figure === 'figure-4'
        ? [
            {
              title: 'Most in swap at once, in any run',
              xName,
              yName: 'GB in the cluster',
              lines: lines((run) => unlessUnbounded(run, gbOf(run.swapMb.peak))),
            },
            {
              title: 'Killed, in all runs',
              xName,
              yName: 'functions',
              lines: lines((run) => unlessUnbounded(run, run.killed)),
            },
          ]
        : [
            {
              title: 'Unfinished, in all runs',
              xName,
              yName: 'functions',
              lines: lines((run) => run.unfinished),
            },
          ]),
    ],
  };
}
