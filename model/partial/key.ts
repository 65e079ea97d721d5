import type { Invocation } from '../entities.ts';
import type { State } from '../state.ts';
import { AVAILABILITY, PHASE } from '../table.ts';
import { everybody } from '../unended.ts';
import type { UnseenLists } from './unseen-lists.ts';

/**
 * A text that two quiet states share exactly when nothing that can still happen tells them apart.
 *
 * @param metered whether what was metered counts: it does if somebody has a budget, or bills are seen.
 */
export function keyOf(state: State, unseen: UnseenLists | null, metered: boolean): string {
  const parts: (string | number)[] = [];
  const people = everybody(state.invocations).sort((a, b) => a.id - b.id);
  for (const one of people) keyOfInvocation(one, state, metered, parts);
  for (const machine of state.machines) {
    const { entry, live, availability } = machine;
    if (availability === AVAILABILITY.down && entry === null) continue;
    parts.push('m', machine.id, availability, machine.antagonist, ...live.map(({ id }) => id));
    if (entry !== null) parts.push('e', entry.shard, entry.available, entry.functions);
  }
  for (const { queues } of state.shards) {
    for (const { items, head } of queues) {
      if (items.length > head) parts.push('q', ...items.slice(head).map(({ id }) => id));
      else parts.push('q');
    }
  }
  if (metered) for (const { spent, meteredAt } of state.tenants) parts.push('t', spent, meteredAt);
  if (unseen !== null) parts.push(unseen.key());
  return parts.join(' ');
}

function keyOfInvocation(one: Invocation, state: State, metered: boolean, parts: (string | number)[]): void {
  const { machine, caller } = one;
  parts.push(
    'i',
    one.id,
    one.phase,
    one.class,
    one.degraded ? 1 : 0,
    one.shard,
    machine === null ? `q${one.enqueuedAt}` : machine.id,
    one.demand,
    one.resident,
    one.attempt,
    caller === null ? '-' : caller.id,
  );
  // A meter that was read later says the same as one that was read before and has run since.
  if (metered && machine !== null) {
    const sinceMs = state.now - one.meteredAt;
    parts.push(one.cpuMs + (one.phase === PHASE.running ? sinceMs : 0), one.mbMs + one.resident * sinceMs);
  }
}
