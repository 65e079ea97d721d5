import type { Invocation } from './invocation.ts';

/** A machine, from the configuration or since it joined. */
export interface Machine {
  readonly id: number;
  /** How many invocations can run at once. */
  cores: number;
  /** RAM and swap, in MB. */
  ram: number;
  swap: number;
  /** The RAM that others use, in MB; it may be more than there is. */
  antagonist: number;
  /** The state of each region of its chart: one of `AVAILABILITY`, of `LISTING` and of `PRESSURE`. */
  availability: number;
  listing: number;
  pressure: number;
  /** Live invocations in arrival order. */
  readonly live: Invocation[];
  /** The sums of what those that live here demand and of what they have in RAM, in MB. */
  demand: number;
  resident: number;
  /** How many of those that live here run. */
  running: number;
  /** What the idle list that names it says of it; null while none does. */
  entry: Entry | null;
  /** The will-run set in rank order; stale when `willRunKnown` is false. */
  readonly willRun: Invocation[];
  willRunKnown: boolean;
  /** Whether the step in progress has touched it, so that its obligations must be judged again. */
  touched: boolean;
  /** Where it stands in `byAvailability`. */
  position: number;
  /** The transitions that its charts took last, by index; -1 before the first. */
  lastAvailabilityChange: number;
  lastListingChange: number;
  lastPressureChange: number;
}

/** What an idle list says of a machine. */
export interface Entry {
  /** The index of the shard whose list it is. */
  shard: number;
  /** RAM that nobody lays claim to, in MB. */
  available: number;
  /** How many invocations live there. */
  functions: number;
}

/** RAM′: what the antagonist leaves of a machine's RAM, in MB. */
export function usableRam(machine: Machine): number {
  return Math.max(0, machine.ram - machine.antagonist);
}

/** available(m): RAM′ that no demand lays claim to, in MB. */
export function availableRam(machine: Machine): number {
  return Math.max(0, usableRam(machine) - machine.demand);
}
