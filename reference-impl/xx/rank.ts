import type { Immutable } from 'immer';
import { empty, insertAt, removeAt } from './sorted.ts';
import { type Machine, NONE, type ReadonlyXXState, type XXState } from './state.ts';

/**
 * Rank on a machine, best first: higher class, then not blocked before blocked, then arrival order (paper section
 * 3.2: preemptive priorities, first come first served within a class, as SCHED_FIFO has it). A machine keeps those
 * that are not blocked and those that are in two arrays, each by class and arrival alone.
 */

/** Up to this many, a slot is looked for one by one. */
const SHORT = 64;

/** This many are compared one by one, from the end, before the rest are halved. */
const FEW = 8;

/** Puts a slot where it belongs among `ranked`. */
export function insertRanked(state: XXState, ranked: number[], slot: number): void {
  const { priority, ticket } = state.invocations[slot]!;
  const { ranks } = state;
  while (ranks.length <= 2 * slot) ranks.push(0, 0);
  ranks[2 * slot] = priority;
  ranks[2 * slot + 1] = ticket;
  insertAt(ranked, rankedIndex(ranks, ranked, priority, ticket), slot);
}

/** Takes a slot out of `ranked`, which holds it. */
export function removeRanked(state: XXState, ranked: number[], slot: number): void {
  const { ranks } = state;
  const index =
    ranked.length <= SHORT
      ? ranked.indexOf(slot)
      : rankedIndex(ranks, ranked, ranks[2 * slot]!, ranks[2 * slot + 1]!);
  removeAt(ranked, index);
}

/** Where one of this rank is among `ranked`, or belongs. */
function rankedIndex(
  ranks: readonly number[],
  ranked: readonly number[],
  priority: number,
  ticket: number,
): number {
  let low = 0;
  let high = ranked.length;
  // Within a class the last to come goes last. A processor fetches entries that it reads in a row all at once; a binary
  // search waits for each.
  for (let asked = 0; asked < FEW && high > 0; asked++) {
    if (precedes(ranks, ranked[high - 1]!, priority, ticket)) return high;
    high--;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (precedes(ranks, ranked[middle]!, priority, ticket)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a slot goes before one of this rank, if both are blocked or both not. */
function precedes(ranks: readonly number[], slot: number, priority: number, ticket: number): boolean {
  const its = ranks[2 * slot]!;
  return its !== priority ? its > priority : ranks[2 * slot + 1]! < ticket;
}

/** The slot of the lowest of a machine's live invocations, or NONE. */
export function lowest(state: ReadonlyXXState, machine: Immutable<Machine>): number {
  const { runnable, blocked } = machine;
  return lower(state, runnable, runnable.length - 1, blocked, blocked.length - 1);
}

/** The slot of the lowest of a machine's live invocations whose demand exceeds `limitMb`, or NONE. */
export function lowestExceeding(
  state: ReadonlyXXState,
  machine: Immutable<Machine>,
  limitMb: number,
): number {
  const { runnable, blocked } = machine;
  const lastRunnable = lastExceeding(state, runnable, limitMb);
  const lastBlocked = lastExceeding(state, blocked, limitMb);
  return lower(state, runnable, lastRunnable, blocked, lastBlocked);
}

function lastExceeding(state: ReadonlyXXState, ranked: readonly number[], limitMb: number): number {
  let index = ranked.length - 1;
  while (index >= 0 && state.invocations[ranked[index]!]!.demand <= limitMb) index--;
  return index;
}

/** Fills `slots` with a machine's live invocations, the lowest first. */
export function fillLowestFirst(state: ReadonlyXXState, machine: Immutable<Machine>, slots: number[]): void {
  const { runnable, blocked } = machine;
  let lastRunnable = runnable.length - 1;
  let lastBlocked = blocked.length - 1;
  empty(slots);
  while (lastRunnable >= 0 || lastBlocked >= 0) {
    const slot = lower(state, runnable, lastRunnable, blocked, lastBlocked);
    if (lastBlocked >= 0 && blocked[lastBlocked] === slot) lastBlocked--;
    else lastRunnable--;
    slots.push(slot);
  }
}

/** The lower of one that is not blocked and one that is: of two of the same class, the blocked one. */
function lower(
  state: ReadonlyXXState,
  runnable: readonly number[],
  lastRunnable: number,
  blocked: readonly number[],
  lastBlocked: number,
): number {
  if (lastBlocked < 0) return lastRunnable < 0 ? NONE : runnable[lastRunnable]!;
  if (lastRunnable < 0) return blocked[lastBlocked]!;
  const awake = runnable[lastRunnable]!;
  const asleep = blocked[lastBlocked]!;
  return state.invocations[asleep]!.priority > state.invocations[awake]!.priority ? awake : asleep;
}
