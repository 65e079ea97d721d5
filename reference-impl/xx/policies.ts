import type { Immutable } from 'immer';
import type { Configuration, Tenant } from '../../model/configuration.ts';
import { compareProducts, isAheadOfPace } from './exact.ts';
import { fillLowestFirst, lowest, lowestExceeding } from './rank.ts';
import { empty } from './sorted.ts';
import { type IdleEntry, type Machine, NONE, type ReadonlyXXState } from './state.ts';

/** The head of one class queue of a shard. */
export interface QueueHead {
  class: number;
  /** Pico-cents per cpu-ms. */
  price: number;
  /** How long it has been queued. */
  waitMs: number;
}

/** The budget of a tenant that has one. */
export type Budget = Extract<Tenant, { budget: number }>;

export type Admission = 'as-asked' | 'degraded' | 'throttled';
export type IdleListChange = 'list' | 'relist' | 'unlist' | 'none';
export type IdleThresholds = Configuration['idle'];

/**
 * The design decisions of the paper, each a function of just what it decides on. Variants, literal readings and
 * mutants replace one of them: `createXX({policies: {...referencePolicies, chooseHead: …}})`. None may change
 * what it is given, except where it is asked to fill `slots`, which it gets empty.
 */
export interface Policies {
  /**
   * Which class a shard places from next (§3.2, global scheduler shards).
   * @param heads of the queues that are not empty, highest class first; at least one.
   * @returns the class of one of them.
   */
  chooseHead(heads: readonly QueueHead[]): number;
  /** Whether a shard prefers the machine of entry `a` of its idle list to that of `b` (§3.2). A strict order. */
  listedBefore(a: Immutable<IdleEntry>, b: Immutable<IdleEntry>): boolean;
  /** What an entry's functions become when its shard places one more there (§3.2 does not say). */
  functionsAfterPlacement(functions: number): number;
  /**
   * Which of the polled machines gets a function (§3.2, power of k choices).
   * @param polled machines, ascending, at least one.
   * @param slot of the function.
   * @param newcomerMb what it will use there to begin with.
   */
  choosePolled(state: ReadonlyXXState, polled: readonly number[], slot: number, newcomerMb: number): number;
  /** Which of the polled shards' idle lists a machine joins (§3.2, dispatcher); ascending, at least one. */
  chooseIdleList(state: ReadonlyXXState, polled: readonly number[]): number;
  /**
   * What becomes of a machine's entry, or of its having none, once everything else is settled (§3.2).
   * @param entry means nothing unless the machine is on a list.
   */
  idleListChange(
    machine: Immutable<Machine>,
    entry: Immutable<IdleEntry>,
    thresholds: IdleThresholds,
  ): IdleListChange;
  /** What a machine ranks an invocation by, more being better, before arrival (§3.2, machine scheduler). */
  priorityOf(effectiveClass: number): number;
  /** The ticket of an invocation that wakes, given its own and the next free one (§3.2, SCHED_FIFO). */
  ticketOnWaking(ticket: number, nextTicket: number): number;
  /** Fills `slots` with those that a machine should run now, in rank order (§3.2, machine scheduler). */
  willRun(state: ReadonlyXXState, machine: Immutable<Machine>, slots: number[]): void;
  /** Which invocation can never fit its machine and is killed for it, or NONE (§3.2, dispatcher). */
  exceedsMachine(state: ReadonlyXXState, machine: Immutable<Machine>): number;
  /** Which invocation is killed because all together exceed RAM plus swap, or NONE (§3.2, dispatcher). */
  exceedsMemory(state: ReadonlyXXState, machine: Immutable<Machine>): number;
  /** Fills `slots` with all live ones in the order in which they lose their RAM (§3.2, price class-based swapping). */
  pageOutOrder(state: ReadonlyXXState, machine: Immutable<Machine>, slots: number[]): void;
  /** The effective class of a callee (§3.1, inheritance). */
  inheritedClass(callerClass: number, askedClass: number, degraded: boolean): number;
  /**
   * What a budget does to a root (§3.1, budgets).
   * @param spent pico-cents since the period began, `elapsedMs` ago.
   */
  admit(spent: number, elapsedMs: number, budget: Budget): Admission;
  /** The class in which a degraded root is queued, below the one that it asked for (§3.1, budgets). */
  degradedClass(askedClass: number): number;
  /** Whether what a crash took down is tried again after this attempt (§3.2 does not say). */
  triesAgain(attempt: number, maxAttempts: number): boolean;
  /** The time enqueued of a new attempt after a crash (§3.2 does not say). */
  enqueuedAgainAt(enqueuedAt: number, now: number): number;
}

/** The one reading of the paper that this project implements. */
export const referencePolicies: Policies = {
  // Greatest price × wait, an accumulating priority queue; the higher class on a tie, since heads come that way.
  chooseHead(heads) {
    let best = heads[0]!;
    for (let index = 1; index < heads.length; index++) {
      const head = heads[index]!;
      if (compareProducts(head.price, head.waitMs, best.price, best.waitMs) > 0) best = head;
    }
    return best.class;
  },

  listedBefore(a, b) {
    if (a.functions !== b.functions) return a.functions < b.functions;
    if (a.available !== b.available) return a.available > b.available;
    return a.machine < b.machine;
  },

  // Because a shard counts its own placements, it spreads a burst over its list without hearing from the dispatchers.
  functionsAfterPlacement: (functions) => functions + 1,

  choosePolled(state, polled) {
    let best = polled[0]!;
    let fewest = state.machines[best]!.live;
    for (let index = 1; index < polled.length; index++) {
      const live = state.machines[polled[index]!]!.live;
      if (live >= fewest) continue;
      best = polled[index]!;
      fewest = live;
    }
    return best;
  },

  chooseIdleList(state, polled) {
    let best = polled[0]!;
    for (let index = 1; index < polled.length; index++) {
      const shard = polled[index]!;
      if (state.shards[shard]!.idle.length < state.shards[best]!.idle.length) best = shard;
    }
    return best;
  },

  // Two thresholds, so that a machine near one of them does not come and go with every function.
  idleListChange(machine, entry, thresholds) {
    const available = availableMb(machine);
    if (machine.listedOn === NONE) {
      return machine.status === 'up' && available >= thresholds.enter ? 'list' : 'none';
    }
    if (machine.status !== 'up' || available < thresholds.leave) return 'unlist';
    const isOff =
      Math.abs(available - entry.available) >= thresholds.memoryDrift ||
      Math.abs(machine.live - entry.functions) >= thresholds.functionsDrift;
    return isOff ? 'relist' : 'none';
  },

  priorityOf: (effectiveClass) => effectiveClass,

  ticketOnWaking: (_ticket, nextTicket) => nextTicket,

  willRun(state, machine, slots) {
    if (machine.demand <= machine.usableRam) fillFirst(machine, slots);
    else fillWhatFits(state, machine, slots);
  },

  exceedsMachine(state, machine) {
    const limit = Math.min(machine.ram, machine.usableRam + machine.countedSwap);
    if (machine.demand <= limit) return NONE;
    return lowestExceeding(state, machine, limit);
  },

  exceedsMemory(state, machine) {
    return machine.demand > machine.usableRam + machine.countedSwap ? lowest(state, machine) : NONE;
  },

  // Those that cannot run now anyway first, since their pages are of no use in RAM; then from the lowest up.
  pageOutOrder(state, machine, slots) {
    fillLowestFirst(state, machine, slots);
    const { usableRam } = machine;
    const oversized = slots.filter((slot) => state.invocations[slot]!.demand > usableRam);
    if (oversized.length === 0) return;
    const rest = slots.filter((slot) => state.invocations[slot]!.demand <= usableRam);
    empty(slots);
    for (const slot of oversized) slots.push(slot);
    for (const slot of rest) slots.push(slot);
  },

  inheritedClass: (callerClass, askedClass, degraded) =>
    degraded ? callerClass : Math.max(callerClass, askedClass),

  admit(spent, elapsedMs, { budget, period, burstPercent }) {
    if (spent >= budget) return 'throttled';
    return isAheadOfPace(spent, budget, elapsedMs, period, burstPercent) ? 'degraded' : 'as-asked';
  },

  degradedClass: () => 0,

  triesAgain: (attempt, maxAttempts) => attempt < maxAttempts,

  enqueuedAgainAt: (_enqueuedAt, now) => now,
};

/** MB of RAM that no invocation on a machine, swapped or not, has asked for: what its idle list entry offers. */
export function availableMb(machine: Immutable<Machine>): number {
  return Math.max(0, machine.usableRam - machine.demand);
}

/**
 * Without memory pressure, when demand D ≤ RAM′, the will-run set is simply the first `cores`: for each candidate, what
 * was taken before and what stays resident above add up to at most D less its own demand, so it always fits.
 */
function fillFirst(machine: Immutable<Machine>, slots: number[]): void {
  const { runnable } = machine;
  const count = Math.min(machine.cores, runnable.length);
  for (let index = 0; index < count; index++) slots.push(runnable[index]!);
}

/**
 * Under memory pressure: from the highest down, every one that fits beside those taken without swapping anything of a
 * higher class. Memory backfilling, not inversion: what is passed over keeps its RAM from lower classes.
 */
function fillWhatFits(state: ReadonlyXXState, machine: Immutable<Machine>, slots: number[]): void {
  const { runnable, blocked, usableRam, cores } = machine;
  let room = usableRam;
  let currentPriority = Number.POSITIVE_INFINITY;
  let passedOverMb = 0;
  let nextBlocked = 0;
  for (const slot of runnable) {
    const { priority, demand, resident, outgoing } = state.invocations[slot]!;
    if (priority < currentPriority) {
      // Only now do those passed over in the previous class, and the blocked of every higher class, rank above this
      // class.
      room -= passedOverMb;
      passedOverMb = 0;
      currentPriority = priority;
      for (; nextBlocked < blocked.length; nextBlocked++) {
        const waiting = state.invocations[blocked[nextBlocked]!]!;
        if (waiting.priority <= priority) break;
        if (waiting.demand <= usableRam) room -= waiting.resident - waiting.outgoing;
      }
    }
    if (demand <= room) {
      slots.push(slot);
      room -= demand;
      if (slots.length === cores) return;
    } else if (demand <= usableRam) {
      passedOverMb += resident - outgoing;
    }
    // Room only ever shrinks, and every demand is at least 1 MB.
    if (room <= 0) return;
  }
}
