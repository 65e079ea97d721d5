import type { PartId } from '../../model/alphabet.ts';
import { withImplied } from '../../model/parts.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Goal } from '../goals/goal.ts';

/** A scheduler under test, and the same one run in another way, if there is one. */
export interface Contestant {
  readonly scheduler: Scheduler;
  /** Must take the same decisions: the property `immer-equals-direct`. */
  readonly twin?: Scheduler;
  /** Whether some clusters page in time whatever is asked, since nothing else shows what is wrong with it. */
  readonly inTime?: true;
  /** What runs should reach, beside the boundaries of the rules. */
  readonly goals?: readonly Goal[];
  /**
   * Asked before a scheduler is blamed: a process may have said more than it was asked, and then its answers may belong to
   * other questions.
   *
   * @throws BrokenScheduler if so.
   */
  settle?(): void;
  /** The parts of XX that it lacks, as far as it has said so by now: a process does with its first answer. */
  readonly lacks?: () => readonly PartId[];
  /** Ends a process, so that the next scenario begins with another: one may break after so many answers, whatever is asked. */
  restart?(): void;
}

/** The parts of XX that a contestant lacks, as far as that is known by now. */
export function lacksOf({ lacks, scheduler }: Contestant): readonly PartId[] {
  return withImplied([...(lacks?.() ?? []), ...(scheduler.without ?? [])]);
}
