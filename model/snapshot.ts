/**
 * A quiet state of a bounded instance in the canonical form of the specification, as plain numbers: what two
 * implementations must agree on to be in the same state. The time of day is no part of it; ages are, and the place in the
 * period of a budget.
 *
 * The objects are refilled for every state and belong to the code that fills them: readers copy what they keep.
 */
export interface Snapshot {
  /** The time of the state, in ms: late enough that nobody was enqueued before 0. */
  now: number;
  /** By id, from 0. */
  readonly invocations: SnapshotInvocation[];
  /** By id, from 0: those of the configuration, and one for each that may join. All have the same size. */
  readonly machines: SnapshotMachine[];
  /** What the tenant has spent in its period, in pico-cents, and no more than its budget; 0 where it has none. */
  spent: number;
  /** How many faults there were so far. */
  readonly faults: SnapshotFaults;
}

export interface SnapshotFaults {
  crashes: number;
  drains: number;
  joins: number;
  restarts: number;
}

/** Where an invocation is. */
export const STAGE = {
  unused: 0,
  queued: 1,
  ready: 2,
  running: 3,
  blocked: 4,
  completed: 5,
  killed: 6,
  throttled: 7,
} as const;

export interface SnapshotInvocation {
  /** One of {@link STAGE}. For those that are unused or have ended, nothing else counts. */
  stage: number;
  /** The effective class. */
  class: number;
  /** -1 while it is on none. */
  machine: number;
  /** How long it has been queued, in ms; 0 unless queued. */
  ageMs: number;
  demand: number;
  /** What stays in RAM, and what is nowhere yet, in MB; the rest is in swap, or the chunk in flight on its machine. */
  resident: number;
  fresh: number;
  /** Who is blocked on it; -1 for nobody. */
  caller: number;
  /** Its place in the arrival order of its machine, or in the queue of its class at its shard. */
  position: number;
  /** Where it is queued; 0 unless queued. */
  shard: number;
  /** 1 if the budget of its tenant has lowered it, or whoever called it; else 0. */
  degraded: number;
  /** How often it was enqueued; the first attempt is 1. */
  attempt: number;
  /** What this attempt was metered for, in ms and MB·ms; 0 where that is no part of a state. */
  cpuMs: number;
  mbMs: number;
}

export interface SnapshotMachine {
  /** One of {@link PRESENCE}; of one that is not up or draining the rest is as of an empty machine. */
  presence: number;
  /** The shard whose idle list names it; -1 for none, and then the rest is 0. */
  shard: number;
  available: number;
  functions: number;
  /** The RAM that an antagonist takes, in MB. */
  antagonist: number;
  /** One of {@link TRANSFER}; whose chunk is in flight, -1 for nobody; and how large it is, in MB. */
  disk: number;
  owner: number;
  transferMb: number;
}

/** Whether a machine takes part: `absent` until it joins for the first time. */
export const PRESENCE = { up: 0, draining: 1, down: 2, absent: 3 } as const;

/** What the disk of a machine does, where paging takes time. */
export const TRANSFER = { none: 0, out: 1, in: 2, dying: 3 } as const;

/** A snapshot in which nothing has happened: no invocation was submitted, and all machines are up. */
export function blankSnapshot(now: number, invocations: number, machines: number): Snapshot {
  return {
    now,
    invocations: Array.from({ length: invocations }, () => ({
      stage: 0,
      class: 0,
      machine: -1,
      ageMs: 0,
      demand: 0,
      resident: 0,
      fresh: 0,
      caller: -1,
      position: 0,
      shard: 0,
      degraded: 0,
      attempt: 1,
      cpuMs: 0,
      mbMs: 0,
    })),
    machines: Array.from({ length: machines }, () => ({
      presence: PRESENCE.up,
      shard: -1,
      available: 0,
      functions: 0,
      antagonist: 0,
      disk: TRANSFER.none,
      owner: -1,
      transferMb: 0,
    })),
    spent: 0,
    faults: { crashes: 0, drains: 0, joins: 0, restarts: 0 },
  };
}
