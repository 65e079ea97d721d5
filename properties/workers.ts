import { cpus } from 'node:os';
import Tinypool from 'tinypool';
import { builtFile } from '../reference-impl/io/package-root.ts';

/** Worker threads that run one module of this package. */
export interface Workers<Task, Result> {
  /** How many tasks should be under way so that no thread waits. */
  readonly parallel: number;
  run(task: Task, transfer?: readonly ArrayBuffer[]): Promise<Result>;
  destroy(): Promise<void>;
}

/** As many workers as there are cores, unless told otherwise. */
export function availableWorkers(): number {
  return cpus().length;
}

/** More threads would only wait for each other, and what they find does not depend on how many they are. */
const MOST_PER_CORE = 4;

/**
 * Starts workers.
 *
 * @param module whose default export runs a task: a path relative to `properties/`, without its ending.
 */
export function startWorkers<Task, Result>(module: string, count: number): Workers<Task, Result> {
  const threads = Math.min(count, availableWorkers() * MOST_PER_CORE);
  const pool = new Tinypool({
    filename: builtFile(`properties/${module}.js`).href,
    minThreads: threads,
    maxThreads: threads,
    runtime: 'worker_threads',
  });
  return {
    parallel: threads * 2,
    run(task, transfer = []) {
      const result: Promise<Result> = pool.run(task, { transferList: [...transfer] });
      // A caller that has enough results no longer waits for what is under way, and `destroy` rejects that.
      result.catch(() => {});
      return result;
    },
    destroy: () => pool.destroy(),
  };
}
