import { StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import type { Finding } from '../checkers/checker.ts';
import type { Contestant } from '../play/contestant.ts';
import type { Run } from '../play/play.ts';
import { BrokenScheduler } from '../play/referee.ts';
import { OF_WHOLE_RUNS } from '../play/whole-runs.ts';

/** A process may err by chance, and by chance do it twice. */
const CONFIRMATIONS = 3;

/**
 * Whether what is wrong with a run as a whole is wrong again when the run is made again in the same way. What is wrong in a
 * step is asked again by whoever looks for the shortest scenario; a property of whole runs is asked there in another way,
 * in which it may hold.
 */
export function recurs({ property }: Finding, { settle }: Contestant, again: () => Run): boolean {
  if (!OF_WHOLE_RUNS.includes(property)) return true;
  const times = settle === undefined ? 1 : CONFIRMATIONS;
  try {
    for (let time = 0; time < times; time++) if (again().finding?.property !== property) return false;
    return true;
  } catch (error) {
    if (!(error instanceof BrokenScheduler)) throw error;
    // Without time nobody can tell; whoever broke now, and did not before, does not do the same twice.
    return error instanceof StoppedWaiting;
  }
}
