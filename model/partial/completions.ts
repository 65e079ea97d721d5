import type { Decision } from '../alphabet.ts';
import { availableRam, type Machine, roomIn } from '../entities.ts';
import { headOf } from '../fifo.ts';
import { billOf } from '../metering.ts';
import { owedEnqueue } from '../rules/admission.ts';
import { killVictim } from '../rules/memory.ts';
import { betterHead } from '../rules/placement.ts';
import type { State } from '../state.ts';
import { AVAILABILITY, PHASE } from '../table.ts';
import { invocationOf } from '../unended.ts';
import { overCommit } from '../will-run.ts';
import type { Candidate } from './candidate.ts';
import { amounts } from './settling.ts';

type Of<Type extends Decision['type']> = Extract<Decision, { type: Type }>;

/**
 * A decision of which the log leaves out some fields, with these filled in: in every way that the rules may permit and
 * that has an effect of its own, those first that the reference would take first. At least one, so that there is
 * something to refuse.
 *
 * @param hidden the fields that stand-ins take the place of.
 * @param isOnly whether it is the only one of its type and invocation in what is left of the step.
 */
export function completionsOf(
  candidate: Candidate,
  decision: Decision,
  hidden: ReadonlySet<string>,
  isOnly: boolean,
): readonly Decision[] {
  if (hidden.size === 0) return [decision];
  const { state } = candidate.judge;
  switch (decision.type) {
    case 'enqueue':
      return [withOwedClass(state, decision, hidden)];
    case 'place':
      return placements(candidate, decision, hidden);
    case 'pageOut':
    case 'pageIn':
      return paged(state, decision, isOnly);
    case 'kill':
    case 'complete':
      return [withBill(state, decision, hidden)];
    case 'wake': {
      const invocation = invocationOf(state.invocations, decision.id);
      return [invocation === undefined ? decision : { ...decision, outcome: invocation.calleeOutcome }];
    }
    case 'list':
    case 'relist':
    case 'unlist':
      return [withEntry(state, decision, hidden)];
    default:
      return [decision];
  }
}

function withOwedClass(state: State, decision: Of<'enqueue'>, hidden: ReadonlySet<string>): Decision {
  const invocation = invocationOf(state.invocations, decision.id);
  if (invocation === undefined) return decision;
  const owed = owedEnqueue(state, invocation);
  return {
    ...decision,
    ...(hidden.has('shard') && { shard: invocation.shard }),
    ...(hidden.has('class') && { class: owed?.class ?? invocation.class }),
    ...(hidden.has('degraded') && { degraded: owed?.degraded ?? invocation.degraded }),
  };
}

function withBill<Ended extends Of<'kill' | 'complete'>>(
  state: State,
  decision: Ended,
  hidden: ReadonlySet<string>,
): Ended {
  const invocation = invocationOf(state.invocations, decision.id);
  if (invocation === undefined) return decision;
  const bill = hidden.has('bill') ? { bill: billOf(state, invocation) } : {};
  if (!hidden.has('reason')) return { ...decision, ...bill };
  if (invocation.phase === PHASE.lost) return { ...decision, ...bill, reason: 'attempts' };
  const victim = invocation.machine === null ? null : killVictim(invocation.machine);
  return { ...decision, ...bill, reason: victim?.reason ?? 'memory' };
}

/** Where no other such decision follows, it is as much as is needed, or as there is room for. */
function paged(state: State, decision: Of<'pageOut' | 'pageIn'>, isOnly: boolean): readonly Decision[] {
  const invocation = invocationOf(state.invocations, decision.id);
  const machine = invocation?.machine ?? null;
  if (machine === null) return [decision];
  const { demand, resident } = invocation!;
  const most =
    decision.type === 'pageOut'
      ? Math.min(resident, overCommit(machine))
      : Math.min(demand - resident, roomIn(machine));
  if (most < 1) return [decision];
  if (isOnly) return [{ ...decision, memory: most }];
  return [...amounts(most)].map((memory) => ({ ...decision, memory }));
}

function withEntry<Entered extends Of<'list' | 'relist' | 'unlist'>>(
  state: State,
  decision: Entered,
  hidden: ReadonlySet<string>,
): Decision {
  const machine = state.machines[decision.machine];
  if (machine === undefined) return decision;
  const shard = hidden.has('shard') ? { shard: machine.entry?.shard ?? 0 } : {};
  if (decision.type === 'unlist') return { ...decision, ...shard };
  const filled = {
    ...decision,
    ...shard,
    ...(hidden.has('available') && { available: availableRam(machine) }),
    ...(hidden.has('functions') && { functions: machine.live.length }),
  };
  if (filled.type !== 'list' || !hidden.has('polled')) return filled;
  return { ...filled, polled: pollOfLists(state, filled.shard) };
}

/** Shards that could have been polled when this one had the shortest list of them; too few if that cannot be. */
export function pollOfLists({ shards, config }: State, chosen: number): number[] {
  const size = shards[chosen]?.listed.size;
  if (size === undefined) return [];
  const polled = [chosen];
  for (let id = 0; id < shards.length && polled.length < config.kShards; id++) {
    if (id !== chosen && shards[id]!.listed.size >= size) polled.push(id);
  }
  return polled.sort((a, b) => a - b);
}

/** Machines that could have been polled when this one had the fewest live invocations of them; too few if that cannot be. */
function pollOfMachines({ byAvailability, config }: State, chosen: Machine): number[] {
  const polled = [chosen.id];
  for (const machine of byAvailability[AVAILABILITY.up]!) {
    if (polled.length >= config.kMachines) break;
    if (machine !== chosen && machine.live.length >= chosen.live.length) polled.push(machine.id);
  }
  return polled.sort((a, b) => a - b);
}

/** What a shard may do in its turn, where the log says nothing of it. */
export function everyPlacement(candidate: Candidate): readonly Decision[] {
  const { state } = candidate.judge;
  const { shard } = state.due;
  for (const queue of state.shards[shard]!.queues) {
    const head = headOf(queue);
    if (head === undefined || betterHead(state, state.shards[shard]!, head) !== null) continue;
    const place: Of<'place'> = { type: 'place', id: head.id, shard, machine: 0, via: 'poll', polled: [] };
    return placements(candidate, place, new Set(['machine', 'via', 'polled']));
  }
  return [];
}

function placements(
  candidate: Candidate,
  decision: Of<'place'>,
  hidden: ReadonlySet<string>,
): readonly Decision[] {
  const { state } = candidate.judge;
  const shard = hidden.has('shard') ? state.due.shard : decision.shard;
  const machines = hidden.has('machine')
    ? state.byAvailability[AVAILABILITY.up]!
    : [state.machines[decision.machine]].filter((machine) => machine !== undefined);
  const { id } = decision;
  const found: { decision: Of<'place'>; rank: readonly number[] }[] = [];
  for (const machine of machines) {
    const common = { type: 'place', id, shard, machine: machine.id } as const;
    const { live, entry } = machine;
    const polled =
      decision.via === 'poll' && !hidden.has('polled') ? decision.polled : pollOfMachines(state, machine);
    const byList = {
      decision: { ...common, via: 'idle-list' } as const,
      rank: [0, entry?.functions ?? 0, -(entry?.available ?? 0), machine.id],
    };
    const byPoll = {
      decision: { ...common, via: 'poll', polled } as const,
      rank: [1, live.length, 0, machine.id],
    };
    if (!hidden.has('via')) found.push(decision.via === 'poll' ? byPoll : byList);
    else found.push(byList, byPoll);
  }
  if (found.length === 0) return [decision];
  // One of several that is sure to be refused would only be copied for nothing.
  const fitting = found.length === 1 ? found : found.filter(({ decision: d }) => mayFit(candidate, d));
  return (fitting.length > 0 ? fitting : found.slice(0, 1))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ decision: d }) => d);
}

function mayFit({ judge, lists }: Candidate, decision: Of<'place'>): boolean {
  const { state } = judge;
  const machine = state.machines[decision.machine]!;
  const { listed } = state.shards[decision.shard] ?? { listed: new Set<Machine>() };
  if (decision.via === 'idle-list') {
    const known = machine.entry?.shard === decision.shard;
    if (!known && lists?.mayBe(machine, decision.shard) !== true) return false;
    for (const other of listed) if (other.entry!.functions < machine.entry!.functions) return false;
    return true;
  }
  const up = state.byAvailability[AVAILABILITY.up]!.length;
  return listed.size === 0 && decision.polled.length === Math.min(state.config.kMachines, up);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    if (value !== b[index]) return value - b[index]!;
  }
  return 0;
}
