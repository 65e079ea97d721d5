import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import type { SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import type { Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { untilStopped } from '../until-stopped.ts';
import { availableWorkers, startWorkers } from '../workers.ts';
import type { SceneTask } from './worker.ts';

/** How scenes are played. */
export interface PlayAllOptions {
  readonly isJudged?: boolean;
  readonly onProgress?: (done: number, of: number) => void;
  /** Ends it early: with the runs that are there by then. */
  readonly stopped?: AbortSignal;
}

/**
 * Plays every scene with every scheduler, on all cores. The result does not depend on how many there are.
 *
 * @returns for each scene what each scheduler made of it; when it was stopped, only of those that have played any run.
 */
export async function playAll(
  scenes: readonly Scene[],
  schedulers: readonly string[],
  { isJudged = false, onProgress = () => {}, stopped }: PlayAllOptions = {},
): Promise<SceneRun[][]> {
  const of = scenes.length * schedulers.length;
  const workers = startWorkers<SceneTask, SceneRun>('evaluation/worker', Math.min(of, availableWorkers()));
  const stop = stopSign().buffer;
  let done = 0;
  onProgress(done, of);
  const playing = scenes.flatMap((scene) =>
    schedulers.map(async (scheduler) => {
      const run = await workers.run({ scene, scheduler, isJudged, stop });
      onProgress(++done, of);
      return run;
    }),
  );
  try {
    const played = await untilStopped(playing, stopped);
    return scenes.map((_, index) =>
      played
        .slice(index * schedulers.length, (index + 1) * schedulers.length)
        .filter((run) => run !== undefined),
    );
  } finally {
    await workers.destroy();
  }
}
