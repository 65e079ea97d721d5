import type { Metered } from '../../xx/meter.ts';

/** An invocation as a peer knows it, from its submission until it ends. */
export interface Job extends Metered {
  readonly function: string;
  /** Whether it was submitted, and not called. */
  readonly isRoot: boolean;
  shard: number;
  /** When it joined the queue of its shard last, in ms; and how many had joined any queue before. */
  enqueuedAt: number;
  ticket: number;
  /** When it was placed last, in ms. */
  placedAt: number;
  /** Where it lives; -1 while it is on no machine. */
  machine: number;
  attempt: number;
  /** Whether the client of a root has given up waiting. */
  isGivenUp: boolean;
  /** The invocation that waits for it, and the one that it waits for. */
  caller: Job | undefined;
  callee: Job | undefined;
  /** Its neighbours in the queue that it stands in: it stands in one at most. */
  ahead: Job | undefined;
  behind: Job | undefined;
  /** What a peer ranks it by or remembers of it; 0 until it says otherwise. */
  mark: number;
}

/** The invocations that wait for the same thing, in the order in which they get it. */
export interface Line {
  readonly size: number;
  /** The next one. */
  readonly first: Job | undefined;
  push(job: Job): void;
  /** Takes out one that stands in it, wherever that is. */
  remove(job: Job): void;
  clear(): void;
}

/** A machine as a peer knows it. */
export interface Host {
  readonly id: number;
  cores: number;
  /** RAM, in MB. */
  ram: number;
  status: 'up' | 'draining' | 'down';
  /** How many live there: ready, running or blocked. */
  live: number;
  /** How many run there; and which, if some may be preempted. */
  running: number;
  readonly runs: Job[];
  /** Those that are ready and do not run. */
  readonly ready: Line;
  /** MB of all that live there: nothing is ever swapped. */
  resident: number;
  /** Whether the step in progress has changed what runs, lives or waits there. */
  isTouched: boolean;
}
