import type { SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import type { Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { availableWorkers, startWorkers } from '../workers.ts';
import type { SceneTask } from './worker.ts';

/** Plays every scene with every scheduler, on all cores. The result does not depend on how many there are. */
export async function playAll(
  scenes: readonly Scene[],
  schedulers: readonly string[],
  isJudged: boolean,
  onProgress: (done: number, of: number) => void,
): Promise<SceneRun[][]> {
  const of = scenes.length * schedulers.length;
  const workers = startWorkers<SceneTask, SceneRun>('evaluation/worker', Math.min(of, availableWorkers()));
  let done = 0;
  onProgress(done, of);
  try {
    return await Promise.all(
      scenes.map((scene) =>
        Promise.all(
          schedulers.map(async (scheduler) => {
            const run = await workers.run({ scene, scheduler, isJudged });
            onProgress(++done, of);
            return run;
          }),
        ),
      ),
    );
  } finally {
    await workers.destroy();
  }
}
