import fc from 'fast-check';
import { sometimesInTime } from '../arbitraries/configuration.ts';
import { plans } from '../arbitraries/plan.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { playPlan } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';

/** Enough runs that there are objects of every kind, and so few that they take a tenth of a second. */
const RUNS = 12;
const SEED = 7;

/** V8 has no room for it where it has put small whole numbers. */
const VAST = 2 ** 40;

let isDone = false;

/**
 * Shows V8 a vast number in every field of what a run is made of, once in each thread. Nothing else changes by that, and
 * no result depends on it.
 *
 * As long as a field has had small whole numbers only, V8 counts on it. With the first vast one the objects of this kind
 * get another shape, and all code that was compiled for the old one is thrown away. Runs with vast figures are rare, and
 * each has them in other fields; so V8 would compile for seconds what it throws away soon.
 */
export function widenFields(): void {
  if (isDone) return;
  isDone = true;
  const contestant = contestantOf({ scheduler: 'xx' });
  const seen = new Set<object>();
  const drawn = fc.sample(plans('medium', [], sometimesInTime), { seed: SEED, numRuns: RUNS });
  for (const [index, plan] of drawn.entries()) {
    const reached = reachedFrom(
      [playPlan(plan, contestant, emptyCampaignTally()), contestant.scheduler],
      seen,
    );
    // What the first run shares with the others, such as tables, never holds anything vast.
    if (index > 0) reached.forEach(widen);
  }
}

/** The objects that these lead to and that were not seen before. */
export function reachedFrom(roots: readonly unknown[], seen: Set<object>): object[] {
  const reached: object[] = [];
  const open = [...roots];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null || ArrayBuffer.isView(one) || seen.has(one)) continue;
    seen.add(one);
    reached.push(one);
    const values = one instanceof Map || one instanceof Set ? one.values() : Object.values(one);
    for (const value of values) open.push(value);
  }
  return reached;
}

/** Puts a vast number into each field that has a number, and that number back. */
export function widen(one: object): void {
  if (Array.isArray(one) || Object.isFrozen(one)) return;
  const fields = one as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'number') continue;
    fields[name] = VAST;
    fields[name] = value;
  }
}
