import type { Step } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { withWordsOf } from '../../scheduler.ts';
import { findScheduler } from '../../schedulers/registry.ts';
import { play } from '../clock.ts';
import { type DiskFigures, pooledDisks } from '../disks.ts';
import { type ClassMetrics, Metrics, type Tally } from '../metrics.ts';
import { synthesize } from '../synthetic.ts';
import type { Usage } from '../usage.ts';
import { configurationOfScene, createSceneXX, type Scene } from './scene.ts';
import { type OverMachines, overMachines, type PhaseRow, Series, type TickRow } from './series.ts';

/** What one scheduler made of a scene, all runs pooled. */
export interface SceneRun extends Tally {
  readonly scheduler: string;
  /** How many runs are pooled, where it was interrupted before it had all of them. */
  readonly interruptedAfter?: number;
  /** If it ignores memory, nothing is ever swapped or killed, and its zeros say nothing. */
  readonly memory: 'bounded' | 'unbounded';
  /** Functions of all runs that arrived while the scene was shown. */
  readonly functions: number;
  readonly verdict: string | null;
  readonly steps: number;
  readonly preemptions: number;
  readonly classes: ClassMetrics[];
  /** Until the end of what is shown, like all that cores and memory are asked about. */
  readonly cpuUtilization: number;
  readonly memoryUtilization: number;
  /**
   * In the whole cluster until the end of what is shown, MB: the most at once in any run, and all that was swapped out,
   * in a run on average.
   */
  readonly swapMb: { peak: number; total: number };
  /** The most that was in the swap of each machine until then, MB, over the machines of all runs. */
  readonly peakSwapOfMachineMb: OverMachines;
  /**
   * What the disks did until then: of utilisation and movement the mean over runs, of the rest the sum. Absent where a page
   * moves at once.
   */
  readonly disk?: DiskFigures;
  readonly phases: PhaseRow[];
  readonly ticks: TickRow[];
}

/** Looks at every step, such as a judge. */
export interface Inspector {
  step(step: Step): void;
  verdict(): string;
}

export interface SceneOptions {
  /** Its name in the registry, or `xx`, which is XX as the scene has it. */
  readonly scheduler: string;
  readonly inspect?: (configuration: Configuration) => Inspector;
  /** Is told after every run. */
  readonly onRun?: () => void;
  /** Whether it should end after the run that it is in. */
  readonly isStopped?: () => boolean;
}

/** Plays a scene. Same scene and scheduler, same result. */
export function playScene(scene: Scene, { scheduler, inspect, onRun, isStopped }: SceneOptions): SceneRun {
  const series = new Series(scene);
  const metrics = new Metrics(scene.workload.classes);
  const peakOfMachineMb: number[] = [];
  const verdicts = new Set<string>();
  const sums = { steps: 0, preemptions: 0, cpu: 0, memory: 0, pagedOutMb: 0 };
  const disks: DiskFigures[] = [];
  let peakMb = 0;
  let runs = 0;
  const player = scheduler === 'xx' ? createSceneXX(scene) : findScheduler(scheduler).create();
  const addUsage = (usage: Usage): void => {
    sums.preemptions += usage.preemptions;
    sums.cpu += usage.cpuUtilization;
    sums.memory += usage.memoryUtilization;
    sums.pagedOutMb += usage.pagedOutMb;
    peakMb = Math.max(peakMb, usage.peakSwapMb);
    for (const mb of usage.detail!.peakSwappedMb) peakOfMachineMb.push(mb);
  };
  for (let run = 0; run < scene.runs; run++) {
    const seed = scene.seed + run;
    const configuration = withWordsOf(player, configurationOfScene(scene, seed));
    const inspector = inspect?.(configuration);
    series.beginRun();
    const { steps } = play({
      scheduler: player,
      configuration,
      workload: synthesize({ ...scene.workload, seed }),
      turnMs: scene.turnMs,
      ...(scene.disk === undefined ? {} : { disk: scene.disk }),
      untilMs: scene.workload.untilMs,
      sampling: {
        everyMs: scene.workload.tickMs,
        take(nowMs, usage, disk) {
          series.sample(nowMs, usage);
          // What is played after that only gives the last ones shown some competition, and is not shown.
          if (nowMs !== scene.shownMs) return;
          addUsage(usage);
          if (disk !== null) disks.push(disk);
        },
      },
      ...(inspector === undefined ? {} : { observer: (step: Step) => inspector.step(step) }),
      onEnd(ended) {
        series.end(ended);
        if (ended.submittedAtMs < scene.shownMs) metrics.add(ended);
      },
    });
    if (inspector !== undefined) verdicts.add(inspector.verdict());
    sums.steps += steps;
    onRun?.();
    runs++;
    if (isStopped?.()) break;
  }
  const total = metrics.total;
  return {
    scheduler,
    ...(runs < scene.runs ? { interruptedAfter: runs } : {}),
    memory: player.memory ?? 'bounded',
    functions: total.count,
    ...total,
    verdict: verdicts.size === 0 ? null : [...verdicts].join('; '),
    steps: sums.steps,
    preemptions: sums.preemptions,
    classes: metrics.classes,
    cpuUtilization: sums.cpu / runs,
    memoryUtilization: sums.memory / runs,
    swapMb: { peak: peakMb, total: sums.pagedOutMb / runs },
    peakSwapOfMachineMb: overMachines(peakOfMachineMb),
    ...(disks.length === 0 ? {} : { disk: pooledDisks(disks) }),
    phases: series.phases,
    ticks: series.ticks,
  };
}

/** Nothing, and not 0, where a scheduler ignores memory. */
export function unlessUnbounded({ memory }: Pick<SceneRun, 'memory'>, figure: number): number | null {
  return memory === 'unbounded' ? null : figure;
}
