import type { Step, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Disk } from './disk.ts';
import type { DiskFigures } from './disks.ts';
import type { EndedInvocation } from './life.ts';
import type { Usage } from './usage.ts';
import type { WorkloadItem } from './workload.ts';

/** What to play, and what to call on the way. */
export interface PlayOptions {
  scheduler: Scheduler;
  configuration: Configuration;
  /** In the order of arrival. Read one ahead, so it may be a generator and longer than the memory. */
  workload: Iterable<WorkloadItem>;
  /** What else happens to the cluster (machines that join, drain, crash, …), in the order of time. */
  incidents?: Iterable<TimedStimulus>;
  /** How long a shard is busy with placing one function, in ms: one figure, or drawn for each turn; by default 0. */
  turnMs?: number | (() => number);
  /** The disk of each machine, where the configuration has `paging`, and only there. */
  disk?: Disk;
  /** When to stop, in ms, even if invocations are still live; by default when nothing more will happen. */
  untilMs?: number;
  /** Is given every step. */
  observer?: (step: Step) => void;
  /** Is given every invocation once: when it ends, or unfinished at the end of time. */
  onEnd?: (ended: EndedInvocation) => void;
  /** Looks at what is used every `everyMs`, before anything else happens at that time. */
  sampling?: { everyMs: number; take: (nowMs: number, usage: Usage, disk: DiskFigures | null) => void };
  /**
   * If more than this many run, those that are due at the same time are fetched from memory together; by default 4,096,
   * whose data takes 3 MB. It changes only how long a run takes.
   */
  prefetchAbove?: number;
}

export interface Played {
  /** The time of the last step, or when it was stopped, in ms. */
  endedAtMs: number;
  /** How many stimuli the scheduler was given. */
  steps: number;
  usage: Usage;
  /** Null where a page moves at once. */
  disk: DiskFigures | null;
}
