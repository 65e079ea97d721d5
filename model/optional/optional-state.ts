import type { WordGroup } from '../alphabet.ts';
import type { Configuration } from '../configuration.ts';
import type { Invocation, Machine } from '../entities.ts';
import { CLIENT, PROBE, RESERVATION } from '../table.ts';

/**
 * What the model knows beside the state of XX once a configuration has optional words: places in line, pools of answers to
 * probes, and clients that have given up. A cluster without such words has none of it.
 */
export interface OptionalState {
  /** The groups that the configuration names. */
  readonly words: ReadonlySet<WordGroup>;
  /** By those who are queued: the machines at which they hold a place in line. Who holds none is not in it. */
  readonly reservations: Map<Invocation, Set<Machine>>;
  /** By machine: those who hold a place in line there, in the order in which they took it. Without anybody: not in it. */
  readonly lines: Map<Machine, Set<Invocation>>;
  /** By the index of a shard: the answers in its pool, by machine, the one that was taken or refreshed last at the end. */
  readonly pools: readonly Map<Machine, ProbeAnswer>[];
  /** Roots that have not ended, and whose clients have given up. */
  readonly givenUp: Set<Invocation>;
  readonly counts: { evicted: number; refused: number; timedOut: number; cancelled: number };
}

/** What a machine said of itself when it was probed, true or not. */
export interface ProbeAnswer {
  /** How many requests it has. */
  readonly inFlight: number;
  /** How long one takes there, in ms. */
  readonly latencyMs: number;
  /** When the answer was taken, in ms. */
  readonly takenAt: number;
}

/** What there is of it at first; null when the configuration has no optional words. */
export function initialOptionalState({ words, shards }: Configuration): OptionalState | null {
  if (words === undefined || words.length === 0) return null;
  return {
    words: new Set(words),
    reservations: new Map(),
    lines: new Map(),
    pools: Array.from({ length: shards }, () => new Map()),
    givenUp: new Set(),
    counts: { evicted: 0, refused: 0, timedOut: 0, cancelled: 0 },
  };
}

/** The state of the reservation chart of an invocation and a machine. */
export function reservationOf(
  { reservations }: OptionalState,
  invocation: Invocation,
  machine: Machine,
): number {
  return reservations.get(invocation)?.has(machine) === true ? RESERVATION.held : RESERVATION.none;
}

/** The state of the probe chart of a shard and a machine. */
export function probeOf({ pools }: OptionalState, shard: number, machine: Machine): number {
  return pools[shard]!.has(machine) ? PROBE.pooled : PROBE.absent;
}

/** The state of the client chart of an invocation that has not ended: a callee's client is its caller. */
export function clientOf({ givenUp }: OptionalState, invocation: Invocation): number {
  const waits = invocation.root ? !givenUp.has(invocation) : invocation.caller !== null;
  return waits ? CLIENT.waits : CLIENT.gone;
}
