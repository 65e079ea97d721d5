import { StopSign } from '../../reference-impl/io/stop-sign.ts';
import { findScheduler } from '../../reference-impl/schedulers/registry.ts';
import { playScene, type SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import type { Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { createOnlooker } from './onlooker.ts';

/** One scheduler playing one scene, for a worker thread. */
export interface SceneTask {
  readonly scene: Scene;
  readonly scheduler: string;
  readonly isJudged: boolean;
  /** A {@link StopSign}: it ends early when that is up. */
  readonly stop?: SharedArrayBuffer;
}

export default function play({ scene, scheduler, isJudged, stop }: SceneTask): SceneRun {
  // What shares cores breaks the rules by design, and is not judged by them.
  const isBound = isJudged && findScheduler(scheduler).create().cores !== 'shared';
  const sign = stop === undefined ? null : new StopSign(stop);
  const isStopped = (): boolean => sign?.isUp === true;
  return playScene(scene, { scheduler, isStopped, ...(isBound ? { inspect: createOnlooker } : {}) });
}
