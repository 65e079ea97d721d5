import {
  and,
  atMost,
  type Bool,
  choose,
  equal,
  greaterOf,
  type Int,
  int,
  lessThan,
  minus,
  moreThan,
  not,
  onlyIf,
  or,
  plus,
  smallerOf,
  times,
} from '../terms/term.ts';
import { type Host, isBlocked, isReady, isRunning, isWhole, type Queued, type Resident } from './entities.ts';
import { type RulesInTime, XX_IN_TIME } from './in-time.ts';

/**
 * The rules as terms: what `model/rules` and `model/will-run.ts` decide, once more, in parts so small that each can be
 * weakened alone. A test evaluates them on every state of an exploration, and compares.
 */
export interface Rules {
  /** Whether a head at a shard must be placed before another one. */
  placedBefore(one: Queued, other: Queued): Bool;
  /** Whether one of two in the same queue heads it before the other, by when they were enqueued. */
  headsBefore(oneEnqueuedAt: Int, otherEnqueuedAt: Int): Bool;

  /** RAM′: what an antagonist leaves. */
  usable(ram: Int, antagonist: Int): Int;
  /** Whether one ranks below another. */
  ranksBelow(one: Resident, other: Resident): Bool;
  /** Whether one could run at all. */
  couldRun(one: Resident): Bool;
  coreIsFree(taken: Int, cores: Int): Bool;
  fits(one: Resident, room: Int): Bool;
  /** What one that was passed over keeps from lower classes. */
  keeps(one: Resident, host: Host): Int;
  /** Whether the first that does not fit ends the walk. */
  readonly stopsThere: boolean;

  /** Whether one of two outside the will-run set gives its RAM first. */
  givesFirst(one: Resident, other: Resident, host: Host): Bool;
  mayPageOut(one: Resident, occasion: PageOut): Bool;
  mayPageIn(isMember: Bool, memory: Int, resident: Int, host: Host): Bool;
  mayStart(one: Resident, isMember: Bool, running: Int, host: Host): Bool;
  mayPreempt(isMember: Bool): Bool;

  /** Whether the demand of one is more than its machine could ever hold. */
  exceeds(demand: Int, host: Host): Bool;
  /** Whether the demands of all are more than their machine holds. */
  isOverfull(demand: Int, host: Host): Bool;
  /** Whether one of two must be killed first, if either counts. */
  diesFirst(one: Resident, other: Resident): Bool;

  /** The class of a callee. */
  inherited(caller: Int, isDegraded: Bool, asked: Int): Int;
  /** The class of a new attempt after a crash. */
  again(before: Int, asked: Int): Int;

  /** What the thresholds call for: one of {@link CALL}. */
  calledFor(machine: Listed, thresholds: Thresholds): Int;
  /** What an entry says of memory and of functions, once it is made or refreshed. */
  written(machine: Listed): { readonly available: Int; readonly functions: Int };

  /** Where paging takes time. */
  readonly inTime: RulesInTime;
}

/** What a page-out is permitted by, beside its owner. */
export interface PageOut {
  readonly isMember: Bool;
  readonly memory: Int;
  /** R + lack − RAM′. */
  readonly over: Int;
  /** Whether somebody outside the will-run set who gives its RAM first holds any. */
  readonly isPreceded: Bool;
}

/** What an idle list may call for. */
export const CALL = { nothing: 0, list: 1, relist: 2, unlist: 3 } as const;

/** A machine, as idle lists see it. */
export interface Listed {
  readonly isUp: Bool;
  readonly isListed: Bool;
  readonly available: Int;
  readonly functions: Int;
  /** What its entry says, if it has one. */
  readonly entryAvailable: Int;
  readonly entryFunctions: Int;
}

/** In MB; `functionsDrift` in functions. */
export interface Thresholds {
  readonly enter: Int;
  readonly leave: Int;
  readonly memoryDrift: Int;
  readonly functionsDrift: Int;
}

export const XX: Rules = {
  placedBefore(one, other) {
    const mine = times(one.price, one.wait);
    const its = times(other.price, other.wait);
    return or(moreThan(mine, its), and(equal(mine, its), moreThan(one.class, other.class)));
  },
  headsBefore: (oneEnqueuedAt, otherEnqueuedAt) => lessThan(oneEnqueuedAt, otherEnqueuedAt),

  usable: (ram, antagonist) => greaterOf(minus(ram, antagonist), int(0)),
  ranksBelow: (one, other) =>
    or(
      lessThan(one.class, other.class),
      and(
        equal(one.class, other.class),
        or(
          and(isBlocked(one), not(isBlocked(other))),
          and(equal(isBlocked(one), isBlocked(other)), moreThan(one.arrival, other.arrival)),
        ),
      ),
    ),
  couldRun: (one) => or(isReady(one), isRunning(one)),
  coreIsFree: (taken, cores) => lessThan(taken, cores),
  fits: ({ demand }, room) => atMost(demand, room),
  keeps: ({ demand, resident }, { usable }) => onlyIf(atMost(demand, usable), resident),
  stopsThere: false,

  givesFirst(one, other, { usable }) {
    const isLarge = moreThan(one.demand, usable);
    const otherIsLarge = moreThan(other.demand, usable);
    return choose(equal(isLarge, otherIsLarge), XX.ranksBelow(one, other), isLarge);
  },
  mayPageOut: (one, { isMember, memory, over, isPreceded }) =>
    and(atMost(memory, over), not(isMember), not(isRunning(one)), not(isPreceded)),
  mayPageIn: (isMember, memory, resident, { usable }) =>
    and(isMember, atMost(plus(resident, memory), usable)),
  mayStart: (one, isMember, running, { cores }) => and(isMember, isWhole(one), lessThan(running, cores)),
  mayPreempt: (isMember) => not(isMember),

  exceeds: (demand, { ram, usable, swap }) => moreThan(demand, smallerOf(ram, plus(usable, swap))),
  isOverfull: (demand, { usable, swap }) => moreThan(demand, plus(usable, swap)),
  diesFirst: (one, other) => XX.ranksBelow(one, other),

  inherited: (caller, isDegraded, asked) => choose(isDegraded, caller, greaterOf(caller, asked)),
  again: (before) => before,

  calledFor({ isUp, isListed, available, functions, entryAvailable, entryFunctions }, thresholds) {
    const { enter, leave, memoryDrift, functionsDrift } = thresholds;
    const isOff = or(
      atMost(memoryDrift, distance(entryAvailable, available)),
      atMost(functionsDrift, distance(entryFunctions, functions)),
    );
    return choose(
      not(isListed),
      choose(and(isUp, atMost(enter, available)), int(CALL.list), int(CALL.nothing)),
      choose(
        or(not(isUp), lessThan(available, leave)),
        int(CALL.unlist),
        choose(isOff, int(CALL.relist), int(CALL.nothing)),
      ),
    );
  },
  written: ({ available, functions }) => ({ available, functions }),

  inTime: XX_IN_TIME,
};

function distance(one: Int, other: Int): Int {
  return greaterOf(minus(one, other), minus(other, one));
}
