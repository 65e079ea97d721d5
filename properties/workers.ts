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
 * @param atOnce how many tasks a thread is given at once. More than one is for tasks that are done without a pause: then the
 * thread has the next at hand, and need not wait until this one has time for it.
 */
export function startWorkers<Task, Result>(module: string, count: number, atOnce = 1): Workers<Task, Result> {
  const threads = Math.min(count, availableWorkers() * MOST_PER_CORE);
  const pool = new Tinypool({
    filename: builtFile(`properties/${module}.js`).href,
    minThreads: threads,
    maxThreads: threads,
    runtime: 'worker_threads',
    concurrentTasksPerWorker: atOnce,
    // A thread that sleeps until there is a task takes all that are there together, and answers when all are done.
    useAtomics: atOnce === 1,
  });
  return {
    parallel: threads * Math.max(2, atOnce),
    run(task, transfer = []) {
      const result: Promise<Result> = pool.run(task, { transferList: [...transfer] });
      // A caller that has enough results no longer waits for what is under way, and `destroy` rejects that.
      result.catch(() => {});
      return result;
    },
    destroy: () => pool.destroy(),
  };
}
