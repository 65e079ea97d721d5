import { playScene, type SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import type { Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { createBench } from './bench.ts';

/** One scheduler playing one scene, for a worker thread. */
export interface SceneTask {
  readonly scene: Scene;
  readonly scheduler: string;
  readonly isJudged: boolean;
}

export default function play({ scene, scheduler, isJudged }: SceneTask): SceneRun {
  // Only XX is bound by the rules: what shares cores, or knows no classes, breaks them by design.
  const isBound = isJudged && scheduler === 'xx';
  return playScene(scene, { scheduler, ...(isBound ? { inspect: createBench } : {}) });
}
