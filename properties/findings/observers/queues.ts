import type { Invocation } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { PHASE } from '../../../model/table.ts';
import { invocationOf } from '../../../model/unended.ts';
import type { Look, Observer } from '../watch.ts';
import { decided, lasting, named } from './parts.ts';

/** What is seen at shards: which function is placed before which. */

/** One of a lower class that is placed before one of a higher class which has waited at least as long. */
export const aCheapNewcomerFirst: Observer = () => (look) =>
  overtaking(look, (placed, waits, { state }) => {
    const isAhead = placed.class < waits.class && placed.enqueuedAt >= waits.enqueuedAt;
    return isAhead ? `${told(state, placed)}, is placed before ${told(state, waits)}` : null;
  });

/**
 * One that waits so long that its price × wait is the greater, and newcomers of a higher class are placed all the same, again
 * and again: seen the third time.
 */
export const theOldPassedOver: Observer = () => {
  const times = new Map<number, number>();
  return (look) =>
    overtaking(look, (placed, waits, { state }) => {
      const credit = (one: Invocation): number =>
        state.config.classes[one.class]!.price * (state.now - one.enqueuedAt);
      if (placed.class <= waits.class || credit(placed) >= credit(waits)) return null;
      times.set(waits.id, (times.get(waits.id) ?? 0) + 1);
      if (times.get(waits.id)! < 3) return null;
      return `${told(state, placed)}, is placed before ${told(state, waits)}: the third newcomer of which that is so`;
    });
};

/** One of a lower class that a shard has placed, and that runs while one of a higher class is queued there. */
export const queuedBehindTheOld: Observer = lasting(() => {
  const placedBefore = new Map<number, Set<number>>();
  return (look) => {
    const { state } = look;
    for (const { id, shard } of decided(look, 'place')) {
      const placed = invocationOf(state.invocations, id);
      if (placed === undefined) continue;
      const above = state.shards[shard]!.queues.slice(placed.class + 1);
      placedBefore.set(
        id,
        new Set(above.flatMap(({ items, head }) => items.slice(head).map((one) => one.id))),
      );
    }
    for (const runs of state.byPhase[PHASE.running]!) {
      const queued = [...(placedBefore.get(runs.id) ?? [])]
        .map((id) => invocationOf(state.invocations, id))
        .find((one) => one?.phase === PHASE.queued);
      if (queued === undefined) continue;
      return `${named(state, queued)} is queued, while ${named(state, runs)}, which was placed before it, runs`;
    }
    return null;
  };
});

type Judgement = (placed: Invocation, waits: Invocation, look: Look) => string | null;

/** Looks at each placement beside the others that are next at its shard. */
function overtaking(look: Look, judge: Judgement): string | null {
  const { state } = look;
  for (const { id, shard } of decided(look, 'place')) {
    const placed = invocationOf(state.invocations, id);
    if (placed === undefined) continue;
    for (const { items, head } of state.shards[shard]!.queues) {
      const waits = items[head];
      const words = waits === undefined ? null : judge(placed, waits, look);
      if (words !== null) return words;
    }
  }
  return null;
}

function told(state: State, invocation: Invocation): string {
  return `${named(state, invocation)}, which has waited ${state.now - invocation.enqueuedAt} ms`;
}
