import type { Decision } from '../alphabet.ts';
import { availableRam, type Machine } from '../entities.ts';
import { calledFor } from '../rules/idle-lists.ts';
import { memoryIsSettled } from '../rules/memory.ts';
import { runsRunSet } from '../rules/running.ts';
import type { State } from '../state.ts';
import type { Candidate } from './candidate.ts';
import type { Unobserved } from './unobserved.ts';
import { UNSEEN_SHARD } from './unseen-lists.ts';

/** Idle lists of which the log says nothing, or not everything. */

/** Takes a decision about idle lists, a placement included, if the rules permit it. @returns whether they do. */
export function takeOnLists(candidate: Candidate, decision: Decision, hidden: ReadonlySet<string>): boolean {
  const { judge, lists } = candidate;
  const { model, state } = judge;
  if (lists !== null) {
    if (decision.type === 'list') return join(candidate, decision, hidden);
    if (decision.type === 'place') locate(candidate, decision);
    if (decision.type === 'relist' || decision.type === 'unlist') {
      const machine = state.machines[decision.machine];
      if (machine !== undefined && lists.has(machine)) {
        if (decision.shard === UNSEEN_SHARD) return moveUnseen(candidate, machine, decision);
        if (!lists.mayBe(machine, decision.shard)) return false;
        lists.enter(state, machine, decision.shard);
      }
    }
  }
  if (model.examine(decision) !== null) return false;
  model.apply(decision);
  return true;
}

/** What a placement says of the lists: where the machine is, and where others cannot be. */
function locate({ judge, lists }: Candidate, decision: Extract<Decision, { type: 'place' }>): void {
  const { state } = judge;
  const { shard } = decision;
  const machine = state.machines[decision.machine];
  if (machine === undefined) return;
  if (decision.via === 'idle-list' && lists!.mayBe(machine, shard)) lists!.enter(state, machine, shard);
  const { entry } = machine;
  if (decision.via === 'idle-list' && entry?.shard !== shard) return;
  for (const other of lists!.machinesAt(state, shard)) {
    const goesFirst = decision.via === 'poll' || other.entry!.functions < entry!.functions;
    if (goesFirst) lists!.exclude(state, other, shard);
  }
}

/** A machine joins a list, and the log does not say which. */
function join(
  { judge, lists }: Candidate,
  decision: Extract<Decision, { type: 'list' }>,
  hidden: ReadonlySet<string>,
): boolean {
  const { state } = judge;
  const machine = state.machines[decision.machine];
  if (machine === undefined || calledFor(state, machine) !== 'list' || !everythingElseIsSettled(state)) {
    return false;
  }
  const { available, functions } = figuresOf(machine);
  if (!hidden.has('available') && decision.available !== available) return false;
  if (!hidden.has('functions') && decision.functions !== functions) return false;
  lists!.join(state, machine, { available, functions });
  return true;
}

/** The entry of a machine is refreshed or withdrawn, wherever it is. */
function moveUnseen(
  { judge, lists }: Candidate,
  machine: Machine,
  decision: Extract<Decision, { type: 'relist' | 'unlist' }>,
): boolean {
  if (judge.model.examine(decision) !== null) return false;
  if (decision.type === 'relist') lists!.refresh(machine, figuresOf(machine));
  else lists!.leave(judge.state, machine);
  return true;
}

/** Takes what the thresholds call for and the log leaves out. */
export function enterWhatIsDue(candidate: Candidate, unobserved: Unobserved): Decision[] {
  const { judge, lists } = candidate;
  const { state } = judge;
  const taken: Decision[] = [];
  // What is entered touches a machine, which may be one that was not touched before.
  for (const machine of [...state.due.touched].sort((a, b) => a.id - b.id)) {
    const called = calledFor(state, machine);
    if (called === null || !unobserved.hides(called)) continue;
    if (called === 'list') {
      lists!.join(state, machine, figuresOf(machine));
      taken.push({
        type: 'list',
        machine: machine.id,
        shard: UNSEEN_SHARD,
        ...figuresOf(machine),
        polled: [],
      });
      continue;
    }
    const decision = dueOn(machine, called);
    if (takeOnLists(candidate, decision, NOTHING)) taken.push(decision);
  }
  return taken;
}

const NOTHING: ReadonlySet<string> = new Set();

function dueOn(machine: Machine, type: 'relist' | 'unlist'): Decision {
  const { id, entry } = machine;
  const { shard } = entry!;
  return type === 'unlist'
    ? { type, machine: id, shard }
    : { type, machine: id, shard, ...figuresOf(machine) };
}

function figuresOf(machine: Machine): { available: number; functions: number } {
  return { available: availableRam(machine), functions: machine.live.length };
}

function everythingElseIsSettled(state: State): boolean {
  return state.due.touched.every((machine) => memoryIsSettled(machine) && runsRunSet(state, machine));
}
