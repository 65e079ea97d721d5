import { availableRam, type Machine } from '../entities.ts';
import { calledFor } from '../rules/idle-lists.ts';
import type { State } from '../state.ts';
import { type Candidate, copyCandidate } from './candidate.ts';
import type { Unobserved } from './unobserved.ts';

/** More machines than this have too many subsets. */
const MOST_IN_A_SUBSET = 8;

/**
 * What a candidate may be when a shard restarts, which loses its idle list: of some machines the log does not say that
 * they were on it.
 *
 * @returns the candidate and copies of it, one for each set of machines that may have been there; and whether there are
 *   more such sets than these.
 */
export function restarted(
  candidate: Candidate,
  shard: number,
  unobserved: Unobserved,
): { entered: Candidate[]; cut: boolean } {
  let entered = [candidate];
  if (candidate.lists === null) return { entered, cut: false };
  const { state } = candidate.judge;
  const concerned = candidate.lists.machinesAt(state, shard);
  for (const [index, { id }] of concerned.entries()) {
    // If it was on this list, it joins one again with the same figures: then the other way says nothing more.
    const sameEither = unobserved.hides('list') && joinsAgainUnchanged(state, state.machines[id]!);
    const both = !sameEither && index < MOST_IN_A_SUBSET;
    const others = both ? entered.map(copyCandidate) : [];
    for (const { judge, lists } of entered) lists!.enter(judge.state, judge.state.machines[id]!, shard);
    for (const { judge, lists } of others) lists!.exclude(judge.state, judge.state.machines[id]!, shard);
    entered = [...entered, ...others];
  }
  return { entered, cut: concerned.length > MOST_IN_A_SUBSET };
}

/** Whether a machine that loses its entry makes the same one again. */
function joinsAgainUnchanged(state: State, machine: Machine): boolean {
  const { entry } = machine;
  if (entry === null) return false;
  machine.entry = null;
  const joins = calledFor(state, machine) === 'list';
  machine.entry = entry;
  return joins && entry.available === availableRam(machine) && entry.functions === machine.live.length;
}
