import type { OptionalDecision } from '../alphabet.ts';
import type { ChartWalk, Chosen } from '../chart-walk.ts';
import { joinQueue, leaveMachine, leaveQueue, orphanCallee } from '../effects.ts';
import type { Invocation, Machine } from '../entities.ts';
import { uncharge } from '../metering.ts';
import { enterAvailability, enterPhase, type State } from '../state.ts';
import { EVENT, PHASE, PROBE, probeTable } from '../table.ts';
import { endReservationsOf, givePlaceUp, takePlace } from './lines.ts';
import type { OptionalState } from './optional-state.ts';

/** What decisions and stimuli of optional words do to what the model knows of them. */

type OfLineOrPool = Exclude<OptionalDecision, { type: 'evict' | 'cancel' }>;

/** Applies one that moves nobody: it is possible, and concerns this invocation, if any, and this machine. */
export function noteOptional(
  state: State,
  decision: OfLineOrPool,
  invocation: Invocation | null,
  machine: Machine,
): void {
  const optional = state.optional!;
  switch (decision.type) {
    case 'reserve':
      return takePlace(optional, invocation!, machine);
    case 'release':
      return givePlaceUp(optional, invocation!, machine);
    case 'probe': {
      const { inFlight, latencyMs } = decision;
      const pool = optional.pools[decision.shard]!;
      pool.delete(machine);
      pool.set(machine, { inFlight, latencyMs, takenAt: state.now });
      return;
    }
    case 'forget':
      optional.pools[decision.shard]!.delete(machine);
      return;
    case 'refuse':
      optional.counts.refused++;
  }
}

/** One leaves its machine for the queue of its shard, as if it had been lost in a crash: what it has done is not billed. */
export function evict(
  state: State,
  invocation: Invocation,
  { invocation: life, swap, availability }: Chosen,
): void {
  const machine = invocation.machine!;
  uncharge(state, invocation);
  enterPhase(state, invocation, life!.targetState);
  invocation.image = swap!.targetState;
  if (availability !== null) enterAvailability(state, machine, availability.targetState);
  leaveMachine(state, invocation);
  orphanCallee(invocation);
  invocation.cpuMs = 0;
  invocation.mbMs = 0;
  joinQueue(state, invocation, invocation.shard, invocation.class, invocation.degraded);
  state.optional!.counts.evicted++;
}

/** One that is about to be cancelled leaves its queue, if it is in one. A turn that finds no work then calls for none. */
export function quitQueue(state: State, invocation: Invocation, walk: ChartWalk): void {
  if (invocation.phase !== PHASE.queued) return;
  leaveQueue(state, invocation);
  const { due, shards, optional } = state;
  endReservationsOf(optional!, invocation, walk, EVENT.cancel);
  if (due.answer === 'turn' && shards[due.shard]!.queued === 0) due.answer = 'none';
}

/** A shard restarts and loses its pool. */
export function emptyPool({ pools }: OptionalState, shard: number, walk: ChartWalk): void {
  const pool = pools[shard]!;
  for (const _ of pool) walk.pass(probeTable, PROBE.pooled, EVENT.restart);
  pool.clear();
}
