import type { OptionalDecision } from '../alphabet.ts';
import type { Invocation } from '../entities.ts';
import { kindOf } from '../rules/index.ts';
import type { State } from '../state.ts';
import { availabilityTable, candidatesOf, EVENT, invocationTable } from '../table.ts';
import { invocationOf } from '../unended.ts';
import { isUsed } from '../used-ids.ts';
import { phaseName } from '../words.ts';

type OfPool = Extract<OptionalDecision, { type: 'probe' | 'forget' }>;
type OfInvocation = Exclude<OptionalDecision, OfPool>;

/** Why a decision of optional words that is not possible is not. */
export function whyOptionalImpossible(state: State, decision: OptionalDecision): string {
  const { type } = decision;
  const words = kindOf({ type }).words!;
  if (state.optional?.words.has(words) !== true) {
    return `${type} is an optional word, and the configuration does not have "${words}" among its words`;
  }
  return 'id' in decision ? whyNotOfInvocation(state, decision) : whyNotOfPool(state, decision);
}

function whyNotOfPool(state: State, decision: OfPool): string {
  const { shard } = decision;
  const machine = state.machines[decision.machine];
  if (machine === undefined) return `there is no machine ${decision.machine}`;
  if (state.shards[shard] === undefined) return `there is no shard ${shard}`;
  if (decision.type === 'forget')
    return `the pool of shard ${shard} holds no answer of machine ${machine.id}`;
  return (
    whyDeaf(state, decision, 'answers a probe') ??
    'an answer counts requests in flight and ms in whole numbers from 0'
  );
}

/** What an invocation must be before it hears a decision. */
const MUST_BE: Partial<Record<OfInvocation['type'], string>> = {
  reserve: 'one that is queued takes a place in line',
  refuse: 'one that is queued is refused',
  evict: 'one that is ready, runs or is blocked is evicted',
};

function whyNotOfInvocation(state: State, decision: OfInvocation): string {
  const { id, type } = decision;
  const invocation = invocationOf(state.invocations, id);
  if (invocation === undefined) {
    return `invocation ${id} ${isUsed(state.usedIds, id) ? 'has ended' : 'was never submitted'}`;
  }
  const mustBe = MUST_BE[type];
  if (mustBe !== undefined && candidatesOf(invocationTable, invocation.phase, EVENT[type]) === undefined) {
    return `invocation ${id} is in the phase ${phaseName(invocation)}, and only ${mustBe}`;
  }
  switch (decision.type) {
    case 'reserve':
      return (
        whyDeaf(state, decision, 'has a line') ??
        `invocation ${id} holds a place in line at machine ${decision.machine} already`
      );
    case 'release':
      return state.machines[decision.machine] === undefined
        ? `there is no machine ${decision.machine}`
        : `invocation ${id} holds no place in line at machine ${decision.machine}`;
    case 'refuse':
      return whyDeaf(state, decision, 'refuses')!;
    case 'evict':
    case 'cancel':
      return `${whoWaits(invocation)} waits for invocation ${id}, and only one that nobody waits for is cancelled`;
  }
}

function whoWaits({ caller }: Invocation): string {
  return caller === null ? 'the client' : `invocation ${caller.id}`;
}

/** Why a machine does not hear a decision; null if it does. */
function whyDeaf(
  state: State,
  { type, machine: id }: Extract<OptionalDecision, { machine: number }>,
  does: string,
): string | null {
  const machine = state.machines[id];
  if (machine === undefined) return `there is no machine ${id}`;
  if (candidatesOf(availabilityTable, machine.availability, EVENT[type]) !== undefined) return null;
  const only = type === 'refuse' ? 'in service' : 'up';
  return `machine ${id} is ${availabilityTable.states[machine.availability]}, and only one that is ${only} ${does}`;
}
