import { readDisk } from '../../reference-impl/simulation/disk.ts';
import type { SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import { sceneOf } from '../../reference-impl/simulation/figures/presets.ts';
import type { FigureName, PresetName, Scene } from '../../reference-impl/simulation/figures/scene.ts';
import type { OverMachines, PhaseRow, TickRow } from '../../reference-impl/simulation/figures/series.ts';
import { type Sweep, withValue } from '../../reference-impl/simulation/figures/sweep.ts';
import { rounded } from './rounded.ts';

/** What was played for the page of the evaluation: each experiment by the options of `xx simulate`. */
export interface Experiment {
  readonly figure: FigureName;
  readonly preset: PresetName;
  readonly schedulers: readonly string[];
  readonly runs: number;
  readonly sweep?: Sweep;
  /** What machines page with, and the most that a transfer moves, in MB; absent where a page moves at once. */
  readonly disk?: { readonly is: string; readonly chunkMb: number };
}

const BOTH = ['xx', 'hermod'];

export const EXPERIMENTS: readonly Experiment[] = [
  { figure: 'figure-3', preset: 'paper-text', schedulers: BOTH, runs: 20 },
  { figure: 'figure-3', preset: 'paper-code', schedulers: BOTH, runs: 20 },
  {
    figure: 'figure-3',
    preset: 'paper-text',
    schedulers: BOTH,
    runs: 5,
    sweep: { name: 'load', values: [0.8, 1, 1.2, 1.6, 2, 2.5, 3, 3.5, 4, 5] },
  },
  {
    figure: 'figure-3',
    preset: 'paper-text',
    schedulers: BOTH,
    runs: 10,
    sweep: { name: 'alpha', values: [1.5, 3, 25] },
  },
  { figure: 'figure-4', preset: 'paper-text', schedulers: ['xx'], runs: 5 },
  { figure: 'figure-4', preset: 'paper-code', schedulers: ['xx'], runs: 5 },
  {
    figure: 'figure-4',
    preset: 'paper-text',
    schedulers: ['xx'],
    runs: 3,
    sweep: { name: 'load', values: [0.5, 0.7, 0.9, 1, 1.1, 1.2] },
  },
  {
    figure: 'figure-4',
    preset: 'paper-text',
    schedulers: ['xx'],
    runs: 3,
    sweep: { name: 'alpha', values: [1.5, 3, 25] },
  },
  {
    figure: 'figure-4',
    preset: 'paper-text',
    schedulers: ['xx'],
    runs: 3,
    sweep: { name: 'swap', values: [0, 2000, 5000, 10_000, 20_000, 50_000, 500_000] },
  },
  {
    figure: 'figure-4',
    preset: 'paper-text',
    schedulers: ['xx'],
    runs: 3,
    // Its latency is that of nvme.
    disk: { is: 'nvme', chunkMb: 10 },
    sweep: { name: 'bandwidth', values: [100, 250, 530, 1000, 2000, 3000, 7000, 20_000] },
  },
];

/** A command that plays an experiment. */
export function commandOf({ figure, preset, schedulers, runs, sweep, disk }: Experiment): string {
  const paging = disk === undefined ? '' : ` --disk ${disk.is} --chunk ${disk.chunkMb}`;
  const swept = sweep === undefined ? '' : ` --sweep ${sweep.name}=${sweep.values.join(',')}`;
  return `xx simulate ${figure} --preset ${preset} --scheduler ${schedulers.join(',')} --runs ${runs}${paging}${swept}`;
}

/** The scene of an experiment before anything in it is swept over. */
export function baseSceneOf({ figure, preset, runs, disk }: Experiment): Scene {
  const paging = disk === undefined ? {} : { disk: readDisk(disk.is, String(disk.chunkMb), undefined) };
  return { ...sceneOf(figure, preset), runs, ...paging };
}

/** The scenes that an experiment plays, one for each value of its sweep. */
export function scenesOf(experiment: Experiment): Scene[] {
  const { sweep } = experiment;
  const scene = baseSceneOf(experiment);
  return sweep === undefined ? [scene] : sweep.values.map((value) => withValue(scene, sweep.name, value));
}

/** What a scheduler made of a scene, without the ticks: what claims are judged by. */
export interface Digest extends Omit<SceneRun, 'ticks' | 'classes' | 'verdict'> {
  readonly phases: PhaseRow[];
  /** Over the ticks of the last phase after it has settled: means of the figures over the machines. */
  readonly memoryUtilizationOfMachines: OverMachines;
  /** All that was ever swapped out, by the end of the last tick, over the machines, MB. */
  readonly pagedOutOfMachineMb: OverMachines;
  /** All that was swapped out, in a run, by class, MB. */
  readonly pagedOutOfClassMb: number[];
}

/** What is kept of an experiment, in docs/evaluation.json. */
export interface ExperimentRecord {
  readonly command: string;
  readonly figure: FigureName;
  readonly preset: PresetName;
  readonly swept: string | null;
  readonly runs: readonly { readonly value: number | null; readonly digest: Digest }[];
}

/** The system starts empty; after so many ticks it has filled up. */
const SETTLED_AFTER = 40;

export function digestOf({ ticks, classes: _, verdict: __, ...run }: SceneRun): Digest {
  const settled = ticks.slice(SETTLED_AFTER);
  const last = ticks.at(-1)!;
  return {
    ...run,
    memoryUtilizationOfMachines: meanOf(settled.map((tick: TickRow) => tick.memoryUtilization)),
    pagedOutOfMachineMb: last.pagedOutMb,
    pagedOutOfClassMb: last.pagedOutOfClassMb,
  };
}

function meanOf(figures: readonly OverMachines[]): OverMachines {
  const mean = (key: keyof OverMachines): number =>
    figures.reduce((sum, figure) => sum + figure[key], 0) / figures.length;
  return { p5: mean('p5'), p50: mean('p50'), p95: mean('p95'), max: mean('max') };
}

export function recordOf(experiment: Experiment, runs: readonly (readonly SceneRun[])[]): ExperimentRecord {
  const { figure, preset, sweep } = experiment;
  return {
    command: commandOf(experiment),
    figure,
    preset,
    swept: sweep?.name ?? null,
    runs: runs.flatMap((ofValue, index) =>
      ofValue.map((run) => ({ value: sweep?.values[index] ?? null, digest: rounded(digestOf(run)) })),
    ),
  };
}
