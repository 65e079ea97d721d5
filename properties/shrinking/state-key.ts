import type { Invocation } from '../../model/entities.ts';
import type { OptionalState } from '../../model/optional/optional-state.ts';
import type { State } from '../../model/state.ts';
import { everybody } from '../../model/unended.ts';

/**
 * A text that two states share only if nothing that the rules ask about tells them apart: neither places, orders and
 * memory, nor ages, meters and what tenants have spent. Of the ids of those that live only the order counts.
 */
export function stateKey(state: State): string {
  const { now, machines, shards, tenants } = state;
  const live = everybody(state.invocations);
  const names = new Map(live.map(({ id }, index) => [id, index]));
  const named = (ones: readonly Invocation[]) => ones.map(({ id }) => names.get(id));
  const invocations = live.map((i) => [
    ...[i.tenant, i.phase, i.class, i.shard, i.machine?.id, i.demand, i.resident],
    i.caller && names.get(i.caller.id),
    ...[i.attempt, i.degraded, i.root, now - i.enqueuedAt, i.cpuMs, i.mbMs, now - i.meteredAt],
  ]);
  return JSON.stringify([
    invocations,
    machines.map((m) => [
      ...[m.availability, m.antagonist, m.cores, m.ram, m.swap, named(m.live)],
      ...[m.entry?.shard, m.entry?.available, m.entry?.functions],
    ]),
    shards.map(({ queues }) => queues.map(({ items, head }) => named(items.slice(head)))),
    tenants.map((t) => [t.spent, now - t.meteredAt]),
    tenants.some(({ budget }) => budget !== null) ? now : null,
    ...(state.optional === null ? [] : optionalParts(state, state.optional, named)),
  ]);
}

/** Places in line, pools with the ages of their answers, and clients that have given up. */
function optionalParts(
  { now, machines }: State,
  { lines, pools, givenUp }: OptionalState,
  named: (ones: readonly Invocation[]) => (number | undefined)[],
): unknown[] {
  return [
    machines.map((machine) => named([...(lines.get(machine) ?? [])])),
    pools.map((pool) =>
      [...pool].map(([{ id }, { inFlight, latencyMs, takenAt }]) => [id, inFlight, latencyMs, now - takenAt]),
    ),
    named([...givenUp]).sort(),
  ];
}
