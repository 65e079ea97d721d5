import type { Outcome } from './alphabet.ts';
import { DISK, PHASE } from './table.ts';

/** An invocation from its submission until it ends. */
export interface Invocation {
  readonly id: number;
  /** The index of its tenant in the configuration. */
  readonly tenant: number;
  /** The label of the function that it runs. */
  readonly function: string;
  /** The class that was asked for: like every class here, an index into the classes of the configuration. */
  readonly askedClass: number;
  /** The effective class; set when it is first enqueued. */
  class: number;
  /** Whether the budget of its tenant has lowered it, or that of whoever called it. */
  degraded: boolean;
  /** Whether it was submitted, and not called. */
  readonly root: boolean;
  /** Who called it and still waits for it. */
  caller: Invocation | null;
  /** The invocation it waits for. */
  callee: Invocation | null;
  /** How the one that it waited for has ended; counts while it is waking. */
  calleeOutcome: Outcome;
  /** The state of its chart: one of `PHASE`. */
  phase: number;
  /** The state of the chart of its memory: one of `IMAGE`. */
  image: number;
  /** The index of the shard at which it is queued, or was last. */
  shard: number;
  /** When it was enqueued last, in ms. */
  enqueuedAt: number;
  /** Where it lives; null while it is on no machine. */
  machine: Machine | null;
  /** The memory that it uses, in MB; 0 while it is on no machine. */
  demand: number;
  /**
   * What of its demand stays in RAM, in MB. Where paging takes time there may be memory that it asked for and that is
   * nowhere yet, and a chunk in flight; the rest is in swap.
   */
  resident: number;
  fresh: number;
  inFlight: number;
  /** How often it was enqueued; the first attempt is 1. */
  attempt: number;
  /** How long it ran in this attempt, in ms, metered up to `meteredAt`. */
  cpuMs: number;
  /** Its resident memory in this attempt times how long, in MB·ms, metered up to `meteredAt`. */
  mbMs: number;
  /** Up to when it is metered, in ms. */
  meteredAt: number;
  /** Whether it is in the will-run set of its machine, as of the last {@link willRunSet}. */
  willRun: boolean;
  /** Where it stands in `byPhase`. */
  position: number;
  /** The transitions that its charts took last, by index; -1 before the first. */
  lastPhaseChange: number;
  lastImageChange: number;
}

/** Whether it lives on its machine and is blocked: such a one ranks behind those of its class that are not. */
export function isBlocked(invocation: Invocation): boolean {
  return invocation.phase === PHASE.blocked || invocation.phase === PHASE.waking;
}

/** A machine, from the configuration or since it joined. */
export interface Machine {
  readonly id: number;
  /** How many invocations can run at once. */
  cores: number;
  /** RAM and swap, in MB. */
  ram: number;
  swap: number;
  /** The swap that is kept free for exchanges, in MB: 0 where a page moves at once. */
  reserve: number;
  /** The RAM that others use, in MB; it may be more than there is. */
  antagonist: number;
  /** The state of each region of its chart: one of `AVAILABILITY`, of `LISTING` and of `PRESSURE`. */
  availability: number;
  listing: number;
  pressure: number;
  /** Live invocations in arrival order. */
  readonly live: Invocation[];
  /** The sums of what those that live here demand, of what stays in RAM, and of what is nowhere yet, in MB. */
  demand: number;
  resident: number;
  fresh: number;
  /** The state of the chart of its disk: one of `DISK`. */
  disk: number;
  /** Whose chunk is in flight, and how much, in MB: nobody's and 0 while nothing is; nobody's while it is dying. */
  transferOwner: Invocation | null;
  transferMb: number;
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
  lastDiskChange: number;
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

/** σ(m): the swap that demands may count on, in MB. */
export function countedSwap({ swap, reserve }: Machine): number {
  return Math.max(0, swap - reserve);
}

/** available(m): RAM′ that no demand lays claim to, in MB. */
export function availableRam(machine: Machine): number {
  return Math.max(0, usableRam(machine) - machine.demand);
}

/** What of the demand of an invocation stays in swap, in MB. */
export function swappedOf({ demand, resident, inFlight, fresh }: Invocation): number {
  return demand - resident - inFlight - fresh;
}

/** Whether all that an invocation demands stays in RAM. */
export function isWhole({ resident, demand }: Invocation): boolean {
  return resident === demand;
}

/** RAM that is held for an invocation, in MB: what stays there, and a chunk in flight, either way. */
export function ramHeldFor({ resident, inFlight }: Invocation): number {
  return resident + inFlight;
}

/** kept(i): what an invocation will have in RAM when the disk is done, in MB. */
export function keptBy(invocation: Invocation): number {
  const { resident, inFlight, machine } = invocation;
  return inFlight > 0 && machine!.disk === DISK.in ? resident + inFlight : resident;
}

/** R(m): the RAM that is held on a machine, in MB. A chunk in flight is held in RAM and in swap. */
export function ramHeld(machine: Machine): number {
  return machine.resident + machine.transferMb;
}

/** S(m): the swap that is held on a machine, in MB. */
export function swapHeld({ demand, resident, fresh, transferMb, transferOwner }: Machine): number {
  // The demand of its owner has the chunk in it; one that is dying is nobody's demand.
  return demand - resident - fresh + (transferOwner === null ? transferMb : 0);
}

/** room(m): RAM′ that nobody holds now, in MB. */
export function roomIn(machine: Machine): number {
  return Math.max(0, usableRam(machine) - ramHeld(machine));
}
