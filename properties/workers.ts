import { cpus } from 'node:os';
import Tinypool from 'tinypool';

/** Worker threads that run one module of this package. */
export interface Workers<Task, Result> {
  /** How many tasks should be under way so that nobody waits. */
  readonly parallel: number;
  run(task: Task, transfer?: readonly ArrayBuffer[]): Promise<Result>;
  destroy(): Promise<void>;
}

/** As many workers as there are cores, when nobody says how many. */
export function availableWorkers(): number {
  return cpus().length;
}

/**
 * Starts workers.
 *
 * @param module the default export of which runs a task: a path relative to `properties/`, without its ending.
 */
export function startWorkers<Task, Result>(module: string, count: number): Workers<Task, Result> {
  // A worker thread runs what was built, also when this module runs from its source in a test.
  const built = import.meta.url.endsWith('.ts') ? `../dist/properties/${module}.js` : `./${module}.js`;
  const pool = new Tinypool({
    filename: new URL(built, import.meta.url).href,
    minThreads: count,
    maxThreads: count,
    runtime: 'worker_threads',
  });
  return {
    parallel: count * 2,
    run(task, transfer = []) {
      const result: Promise<Result> = pool.run(task, { transferList: [...transfer] });
      // Whoever has heard enough no longer waits for what is under way, and `destroy` rejects that.
      result.catch(() => {});
      return result;
    },
    destroy: () => pool.destroy(),
  };
}
