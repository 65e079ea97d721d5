import type { Invocation, Machine } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { PHASE } from '../../../model/table.ts';
import { invocationOf } from '../../../model/unended.ts';
import { className } from '../../../model/words.ts';
import { spentNow } from '../../replay/spending.ts';
import type { Observer } from '../watch.ts';
import { decided, fits, lasting, named, onSomeMachine, ready, running } from './parts.ts';

/** What is seen of classes: who has which rank, and why. */

/** One that is placed before a higher class for its age, and on its machine waits for one that it was placed before. */
export const agingUndone: Observer = () => {
  const beaten = new Map<number, Set<number>>();
  const winners = new Set<number>();
  return (look) => {
    const { state } = look;
    for (const { id, shard } of decided(look, 'place')) {
      const placed = invocationOf(state.invocations, id);
      if (placed === undefined) continue;
      const above = state.shards[shard]!.queues.slice(placed.class + 1);
      const waiting = above.flatMap(({ items, head }) => items.slice(head).map((one) => one.id));
      if (waiting.length === 0) continue;
      beaten.set(id, new Set(waiting));
      winners.add(id);
    }
    for (const { id } of decided(look, 'start')) {
      beaten.delete(id);
      const starts = invocationOf(state.invocations, id);
      const late = starts?.machine?.live.find(
        (one) => one.phase === PHASE.ready && beaten.get(one.id)?.has(id),
      );
      // One that has won against a class higher still may go first.
      if (starts === undefined || late === undefined || winners.has(id)) continue;
      return `${named(state, late)}, which its age has placed before ${named(state, starts)}, has not run on machine ${starts.machine!.id} when that one starts there`;
    }
    return null;
  };
};

/** Work that was fired and not waited for, which runs in the class of who fired it before one that asked for that class. */
export const liftedByATrigger: Observer = lasting(
  () =>
    ({ state }) =>
      heldUp(state, (runs, waits) => {
        if (!runs.root || waits.class <= runs.askedClass || waits.askedClass !== waits.class) return null;
        return `${named(state, waits)} waits behind invocation ${runs.id}, which was fired as ${className(state, runs.askedClass)}, and for which no function waits`;
      }),
);

/** Background work that is called, not run, by a page of one tenant, and goes before a page of another. */
export const liftedByACall: Observer = lasting(
  () =>
    ({ state }) =>
      heldUp(state, (runs, waits) => {
        if (runs.root || runs.askedClass > 0 || runs.tenant === waits.tenant) return null;
        if (waits.class !== state.topClass || waits.askedClass !== waits.class || !waits.root) return null;
        return `${named(state, waits)} of tenant ${waits.tenant} waits behind invocation ${runs.id} of tenant ${runs.tenant}, which was asked for as ${className(state, runs.askedClass)} and runs as ${className(state, runs.class)}`;
      }),
);

/** A page that a budget has degraded, which waits for background work. */
export const aDegradedPage: Observer = lasting(
  () =>
    ({ state }) =>
      heldUp(state, (runs, waits) => {
        if (!waits.degraded || waits.askedClass !== state.topClass) return null;
        if (runs.class > 0 || runs.askedClass > 0) return null;
        return `invocation ${waits.id}, asked for as ${className(state, waits.askedClass)} and degraded to ${className(state, waits.class)}, waits behind ${named(state, runs)}`;
      }),
);

/** A tenant that has spent ten times its budget of a period, with what was admitted while there was some. */
export const spentTenfold: Observer =
  () =>
  ({ state }) => {
    for (const [id, tenant] of state.tenants.entries()) {
      if (tenant.budget === null || tenant.budget === 0) continue;
      const spent = spentNow(state, tenant);
      const runs = state.byPhase[PHASE.running]!.find((one) => one.tenant === id);
      if (spent < 10 * tenant.budget || runs === undefined) continue;
      return `tenant ${id} has spent ${spent} of a budget of ${tenant.budget}, and ${named(state, runs)} runs on for it`;
    }
    return null;
  };

/** One that called, was answered, and waits for one of its class that came after it. */
export const lostItsTurn: Observer = lasting(() => {
  const placedAs = new Map<number, number>();
  const woken = new Set<number>();
  return (look) => {
    const { state } = look;
    for (const { id } of decided(look, 'place')) placedAs.set(id, placedAs.size);
    for (const { id } of decided(look, 'wake')) woken.add(id);
    return heldUp(state, (runs, waits) => {
      if (!woken.has(waits.id) || runs.class !== waits.class || woken.has(runs.id)) return null;
      if (placedAs.get(runs.id)! < placedAs.get(waits.id)!) return null;
      return `${named(state, waits)}, which has been answered, waits behind ${named(state, runs)}, which came after it`;
    });
  };
});

/** The first pair on a machine of which one runs, and the other waits and would fit. */
function heldUp(state: State, judge: (runs: Invocation, waits: Invocation) => string | null): string | null {
  return onSomeMachine(state, (machine: Machine) => {
    for (const waits of ready(machine)) {
      if (!fits(waits)) continue;
      for (const runs of running(machine)) {
        const words = judge(runs, waits);
        if (words !== null) return words;
      }
    }
    return null;
  });
}
