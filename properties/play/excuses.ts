import type { Stimulus } from '../../model/alphabet.ts';
import { countedSwap, type Invocation, isBlocked, type Machine, usableRam } from '../../model/entities.ts';
import { headOf } from '../../model/fifo.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { billOf } from '../../model/metering.ts';
import { largestDemand } from '../../model/rules/memory.ts';
import { betterHead, hasFewer } from '../../model/rules/placement.ts';
import type { State } from '../../model/state.ts';
import { AVAILABILITY } from '../../model/table.ts';

/**
 * What excuses a scheduler that refuses a stimulus on its way: a sum that is due in this step and leaves the safe
 * integers. That is the bill of an invocation that finishes now or must be killed now, and the demand of a machine on
 * which the turn may place. (What a stimulus itself adds up, and what a tenant has spent, the model has refused
 * before.) An invocation that would owe too much if it ended now, but does not end, is no excuse.
 *
 * @param state in which the stimulus has happened, and nobody has decided anything yet.
 * @returns one sentence, or null when every sum that is due can be formed.
 */
export function excuseOf(state: State, stimulus: Stimulus): string | null {
  switch (stimulus.type) {
    case 'finish':
      return unsafeBill(state, [state.due.subject!]);
    case 'resize':
    case 'antagonist':
      for (const machine of state.due.touched) {
        const excuse = unsafeBill(state, toKill(machine, null));
        if (excuse !== null) return excuse;
      }
      return null;
    case 'turn':
      if (state.due.answer !== 'turn') return null;
      for (const machine of mayTake(state, stimulus.shard)) {
        const excuse = unsafePlacement(state, machine);
        if (excuse !== null) return excuse;
      }
      return null;
    default:
      return null;
  }
}

function unsafePlacement(state: State, machine: Machine): string | null {
  const { initialMemory } = state.config;
  if (!Number.isSafeInteger(machine.demand + initialMemory)) {
    return `the demand of machine ${machine.id}, ${machine.demand} MB, leaves the safe integers with ${initialMemory} MB more`;
  }
  return unsafeBill(state, toKill(machine, { invocation: headToPlace(state), demand: initialMemory }));
}

function unsafeBill(state: State, ending: readonly Invocation[]): string | null {
  for (const invocation of ending) {
    try {
      billOf(state, invocation);
    } catch (error) {
      if (error instanceof ImpossibleStimulus) return error.message;
      throw error;
    }
  }
  return null;
}

/** The machines on which this turn may place: the best entries of the list, or those that some poll would choose. */
function mayTake(state: State, shardId: number): Machine[] {
  const shard = state.shards[shardId]!;
  if (shard.listed.size > 0) {
    return [...shard.listed].filter((machine) => !hasFewer(shard, machine.entry!.functions));
  }
  const up = state.byAvailability[AVAILABILITY.up]!;
  const polled = Math.min(state.config.kMachines, up.length);
  return up.filter(({ live }) => up.filter((other) => other.live.length >= live.length).length >= polled);
}

/** The head that this turn must place; there is one, and of equal ones it is that of the highest class. */
function headToPlace(state: State): Invocation {
  const shard = state.shards[state.due.shard]!;
  for (const queue of shard.queues) {
    const head = headOf(queue);
    if (head !== undefined && betterHead(state, shard, head) === null) return head;
  }
  throw new Error('a shard that has work has a head that goes before all others');
}

/** Somebody on a machine, while it is found out who has to go. */
interface Standing {
  readonly invocation: Invocation;
  readonly demand: number;
  blocked: boolean;
}

/**
 * Whom kills that are due on a machine take, in their order: those that fit nowhere, then the lowest until the rest
 * fits. A caller on the same machine wakes in between, and goes to the end of the arrival order.
 *
 * @param newcomer placed there in this step, if anybody is; it is the last in the arrival order.
 */
function toKill(machine: Machine, newcomer: { invocation: Invocation; demand: number } | null): Invocation[] {
  const stay: Standing[] = machine.live.map((invocation) => ({
    invocation,
    demand: invocation.demand,
    blocked: isBlocked(invocation),
  }));
  if (newcomer !== null) stay.push({ ...newcomer, blocked: false });
  const most = largestDemand(machine);
  const room = usableRam(machine) + countedSwap(machine);
  const killed: Invocation[] = [];
  for (;;) {
    const total = stay.reduce((sum, { demand }) => sum + demand, 0);
    const victim = lowest(stay.filter(({ demand }) => demand > most)) ?? (total > room ? lowest(stay) : null);
    if (victim === null) return killed;
    killed.push(victim.invocation);
    stay.splice(stay.indexOf(victim), 1);
    const caller = stay.findIndex(({ invocation }) => invocation === victim.invocation.caller);
    if (caller >= 0) stay.push({ ...stay.splice(caller, 1)[0]!, blocked: false });
  }
}

/** The lowest by rank of some that stand in the arrival order, or null. */
function lowest(some: readonly Standing[]): Standing | null {
  let least: Standing | null = null;
  for (const one of some) if (least === null || !ranksAbove(one, least)) least = one;
  return least;
}

/** Whether one that arrived later ranks above all the same. */
function ranksAbove(later: Standing, earlier: Standing): boolean {
  const [one, other] = [later.invocation.class, earlier.invocation.class];
  return one !== other ? one > other : earlier.blocked && !later.blocked;
}
