import type { Immutable } from 'immer';
import { empty, insertAt, removeAt } from './sorted.ts';
import { type Invocation, type Machine, NONE, type ReadonlyXXState, type XXState } from './state.ts';

/**
 * Rank on a machine, best first: higher class, then not blocked before blocked, then arrival order (paper section
 * 3.2: preemptive priorities, first come first served within a class, as SCHED_FIFO has it). A machine keeps those
 * that are not blocked and those that are in two arrays, each by class and arrival alone.
 */

/** Up to this many, a slot is looked for one by one. */
const SHORT = 64;

/** Whether a goes before b, of two that are both blocked or both not. */
function precedes(a: Immutable<Invocation>, priority: number, ticket: number): boolean {
  return a.priority !== priority ? a.priority > priority : a.ticket < ticket;
}

/** Puts a slot where it belongs among `ranked`. */
export function insertRanked(state: XXState, ranked: number[], slot: number): void {
  insertAt(ranked, rankedIndex(state, ranked, state.invocations[slot]!), slot);
}

/** Takes a slot out of `ranked`, which holds it. */
export function removeRanked(state: XXState, ranked: number[], slot: number): void {
  // Looking through a few numbers is cheaper than looking at a few invocations.
  const index =
    ranked.length <= SHORT ? ranked.indexOf(slot) : rankedIndex(state, ranked, state.invocations[slot]!);
  removeAt(ranked, index);
}

function rankedIndex(state: XXState, ranked: number[], invocation: Invocation): number {
  const { priority, ticket } = invocation;
  let low = 0;
  let high = ranked.length;
  // Within a class the last to come goes last.
  if (high > 0 && precedes(state.invocations[ranked[high - 1]!]!, priority, ticket)) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (precedes(state.invocations[ranked[middle]!]!, priority, ticket)) low = middle + 1;
    else high = middle;
  }
  return low;
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
