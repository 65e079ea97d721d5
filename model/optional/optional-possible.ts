import type { OptionalDecision } from '../alphabet.ts';
import type { ChartWalk } from '../chart-walk.ts';
import type { DecisionKind } from '../rules/index.ts';
import type { State } from '../state.ts';
import {
  availabilityTable,
  clientTable,
  invocationTable,
  probeTable,
  reservationTable,
  swapTable,
} from '../table.ts';
import { invocationOf } from '../unended.ts';
import { clientOf, probeOf, reservationOf } from './optional-state.ts';

type OfPool = Extract<OptionalDecision, { type: 'probe' | 'forget' }>;

/**
 * Whether a decision of optional words is possible: the configuration has them, what it names exists, and each chart that
 * it concerns has a transition for it. Finds these transitions; those before must have been forgotten.
 */
export function isOptionalPossible(
  state: State,
  walk: ChartWalk,
  decision: OptionalDecision,
  kind: DecisionKind,
): boolean {
  if (state.optional?.words.has(kind.words!) !== true) return false;
  walk.occasion.decision = decision;
  return decision.type === 'probe' || decision.type === 'forget'
    ? concernsAPool(state, walk, decision, kind.event)
    : concernsAnInvocation(state, walk, decision, kind.event);
}

function concernsAPool(state: State, walk: ChartWalk, decision: OfPool, event: number): boolean {
  const { chosen, occasion } = walk;
  const machine = state.machines[decision.machine];
  if (machine === undefined || state.shards[decision.shard] === undefined) return false;
  occasion.invocation = null;
  occasion.machine = machine;
  chosen.optional = walk.possible(probeTable, probeOf(state.optional!, decision.shard, machine), event);
  if (decision.type === 'forget') return chosen.optional !== null;
  chosen.availability = walk.possible(availabilityTable, machine.availability, event);
  return chosen.availability !== null && isAnswer(decision);
}

/** Machines answer in whole numbers. */
function isAnswer({ inFlight, latencyMs }: Extract<OptionalDecision, { type: 'probe' }>): boolean {
  return [inFlight, latencyMs].every((figure) => Number.isSafeInteger(figure) && figure >= 0);
}

function concernsAnInvocation(
  state: State,
  walk: ChartWalk,
  decision: Exclude<OptionalDecision, OfPool>,
  event: number,
): boolean {
  const { chosen, occasion } = walk;
  const optional = state.optional!;
  const invocation = invocationOf(state.invocations, decision.id);
  if (invocation === undefined) return false;
  occasion.invocation = invocation;
  if (decision.type === 'evict' || decision.type === 'cancel') {
    const { machine } = invocation;
    occasion.machine = machine;
    chosen.invocation = walk.possible(invocationTable, invocation.phase, event);
    chosen.swap = walk.possible(swapTable, invocation.image, event);
    if (machine !== null) chosen.availability = walk.possible(availabilityTable, machine.availability, event);
    if (chosen.invocation === null || chosen.swap === null) return false;
    if (decision.type === 'evict') return true;
    chosen.optional = walk.possible(clientTable, clientOf(optional, invocation), event);
    return chosen.optional !== null;
  }
  const machine = state.machines[decision.machine];
  if (machine === undefined) return false;
  occasion.machine = machine;
  if (decision.type !== 'refuse') {
    chosen.optional = walk.possible(reservationTable, reservationOf(optional, invocation, machine), event);
    if (decision.type === 'release') return chosen.optional !== null;
    if (chosen.optional === null) return false;
  }
  chosen.invocation = walk.possible(invocationTable, invocation.phase, event);
  chosen.availability = walk.possible(availabilityTable, machine.availability, event);
  return chosen.invocation !== null && chosen.availability !== null;
}
