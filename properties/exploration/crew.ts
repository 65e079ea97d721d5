import type { Tally } from '../../model/coverage.ts';
import type { BatchResult } from '../../model/explore/batch.ts';
import { ExplorationError } from '../../model/explore/exploration-error.ts';
import type { Overtaking } from '../../model/explore/overtaking.ts';
import type { Exploration } from '../../model/explore/search.ts';
import { startWorkers, type Workers } from '../workers.ts';
import type { Subject } from './expanders.ts';
import type { Answer, Answers, Task } from './worker.ts';

/**
 * Who expands the states of a subject, and answers what takes long about its graph, beside what this thread does: other
 * threads, or this one.
 *
 * @throws ExplorationError from each, when the subject cannot be explored.
 */
export interface Crew {
  /** How many batches should be under way, so that nobody waits. */
  readonly parallel: number;
  expand(states: Int32Array<ArrayBuffer>): Promise<BatchResult>;
  /** Counts overtaking in a complete exploration. */
  countOvertaking(exploration: Exploration): Promise<Overtaking>;
  /** What decisions that are nearly the same add to the tally. */
  askAround(exploration: Exploration): Promise<Tally>;
  destroy(): Promise<void>;
}

/** Batches that a thread has at hand. */
const AT_ONCE = 2;

/** @param count how many work: one in this thread, several in threads of their own. */
export async function gather(
  { instance, scheduler, properties, symmetry }: Subject,
  count: number,
): Promise<Crew> {
  // A message takes along all that it is given.
  const subject = { instance, scheduler, properties, ...(symmetry === undefined ? {} : { symmetry }) };
  const { parallel, run, destroy } = await (count > 1 ? threads(count) : thisThread());
  const ask = <Asked extends Task['asks']>(
    task: Task & { readonly asks: Asked },
    transfer?: readonly ArrayBuffer[],
  ): Promise<Answers[Asked]> => {
    const answer = run(task, transfer).then((given) => {
      if ('problem' in given) throw new ExplorationError(given.problem);
      return given as Answers[Asked];
    });
    // Nobody has to wait for it: once one thing has failed, the others under way do not matter.
    answer.catch(() => {});
    return answer;
  };
  return {
    parallel,
    destroy,
    expand: (states) => ask({ subject, asks: 'successors', states }, [states.buffer]),
    countOvertaking({ visited, columns: { targets, starts } }) {
      const graph = { visited: visited.shared, targets: targets.shared, starts: starts.shared };
      return ask({ subject, asks: 'overtaking', ...graph });
    },
    askAround: ({ visited }) => ask({ subject, asks: 'near-misses', visited: visited.shared }),
  };
}

async function threads(count: number): Promise<Workers<Task, Answer>> {
  return startWorkers('exploration/worker', count, AT_ONCE);
}

async function thisThread(): Promise<Workers<Task, Answer>> {
  const { default: work } = await import('./worker.ts');
  return { parallel: 1, run: async (task) => work(task), destroy: async () => {} };
}
