import { withWordsOf } from '../../reference-impl/scheduler.ts';
import { findScheduler } from '../../reference-impl/schedulers/registry.ts';
import type { Picture } from '../../reference-impl/simulation/figures/picture.ts';
import type { SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import {
  configurationOfScene,
  createSceneXX,
  type Scene,
} from '../../reference-impl/simulation/figures/scene.ts';
import { type Sweep, shownValue, withValue } from '../../reference-impl/simulation/figures/sweep.ts';
import { type Stretched, stretchOf } from '../../reference-impl/simulation/stretch.ts';
import { synthesize } from '../../reference-impl/simulation/synthetic.ts';
import { seconds } from '../../reference-impl/simulation/text.ts';
import type { PageData } from '../replay/exports/html/data.ts';
import type { PeakLink } from './data.ts';
import { numberText } from './number-text.ts';
import { type Peak, peaksOf } from './peaks.ts';
import { inTurns, replayOf } from './replays.ts';

/** Of a peak, a tick before it and two after it are shown: those who arrive at it still wait then. */
const TICKS_BEFORE = 1;
const TICKS_AFTER = 3;

export interface Peaks {
  readonly peaks: readonly PeakLink[];
  /** One for each of them. */
  readonly replays: readonly PageData[];
  /** Why there are fewer than there could be, in sentences; null where there are not. */
  readonly whyNoReplay: string | null;
}

/** The peaks of a figure, with the stretch of the first run around each; null when it is interrupted. */
export async function peaksOfFigure(
  scene: Scene,
  picture: Picture,
  interrupted: () => boolean,
): Promise<Peaks | null> {
  const { tickMs } = scene.workload;
  return peaksWith(picture, interrupted, (peak) => {
    const tick = Math.ceil(peak.x) - 1;
    return { scene, tick, where: `at ${seconds(tick * tickMs)}` };
  });
}

/** The same of a sweep: the tick of the worst latency, with the value at which it is worst. */
export async function peaksOfSweep(
  scene: Scene,
  { name, values }: Sweep,
  runs: readonly (readonly SceneRun[])[],
  picture: Picture,
  interrupted: () => boolean,
): Promise<Peaks | null> {
  return peaksWith(picture, interrupted, ({ panel, line, point }) => {
    const run = runs[point]!.find(({ scheduler }) => scheduler === line.scheduler)!;
    // The first panel is of the highest class; those after the second are about the run as a whole.
    const ofClass = panel === 0 ? scene.workload.classes.length - 1 : 0;
    const slowdowns = run.ticks.map(({ classes }) => classes[ofClass]!.slowdownP99 ?? 0);
    const tick = slowdowns.indexOf(Math.max(...slowdowns));
    const value = values[point]!;
    return {
      scene: withValue(scene, name, value),
      tick,
      where: `with ${name} ${shownValue(name, value)}; the worst wait is of those who arrive at ${seconds(tick * scene.workload.tickMs)}`,
    };
  });
}

async function peaksWith(
  picture: Picture,
  interrupted: () => boolean,
  placeOf: (peak: Peak) => { scene: Scene; tick: number; where: string },
): Promise<Peaks | null> {
  const peaks: PeakLink[] = [];
  const replays: PageData[] = [];
  for (const peak of peaksOf(picture)) {
    const { scene, tick, where } = placeOf(peak);
    const { tickMs, untilMs } = scene.workload;
    const scheduler = peak.line.scheduler!;
    const run = stretchedOf(scene, scheduler);
    const fromMs = Math.max(0, (tick - TICKS_BEFORE) * tickMs);
    const toMs = Math.min(untilMs, (tick + TICKS_AFTER) * tickMs);
    const stretch = await inTurns(stretchOf(run, fromMs, toMs), interrupted);
    if (stretch === null) return null;
    const listsOtherwise = scheduler === 'xx' && scene.idleness === 'by-queue-length';
    const by = { scheduler: run.scheduler(), listsOtherwise };
    const title = `${scene.figure}, ${scene.runs === 1 ? '' : `the first of ${scene.runs} runs, `}seed ${scene.seed}`;
    replays.push(replayOf(stretch, by, title));
    const name = peak.line.name.includes(scheduler) ? peak.line.name : `${scheduler}, ${peak.line.name}`;
    const { panel, x, y } = peak;
    peaks.push({ panel, x, y, words: `Highest: ${name}, ${numberText(y)} ${where}.` });
  }
  return { peaks, replays, whyNoReplay: null };
}

/** The first run of a scene, of which a stretch can be taken. */
function stretchedOf(scene: Scene, name: string): Stretched {
  const create = () => (name === 'xx' ? createSceneXX(scene) : findScheduler(name).create());
  return {
    configuration: withWordsOf(create(), configurationOfScene(scene, scene.seed)),
    turnMs: scene.turnMs,
    ...(scene.disk === undefined ? {} : { disk: scene.disk }),
    scheduler: create,
    workload: () => synthesize({ ...scene.workload, seed: scene.seed }),
  };
}
