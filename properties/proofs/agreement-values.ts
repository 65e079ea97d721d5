import { type Invocation, keptBy } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';
import { BEING, type Resident } from './encoding/entities.ts';
import type { Walk } from './encoding/walk.ts';
import { evaluate, type Values } from './terms/evaluate.ts';

/** What terms stand for in a state of the model, by the names of their variables. */

export function idsOf(invocations: readonly Invocation[]): string {
  return invocations.map(({ id }) => id).join(', ');
}

const BEINGS = new Map<number, number>([
  [PHASE.ready, BEING.ready],
  [PHASE.running, BEING.running],
  [PHASE.blocked, BEING.blocked],
  [PHASE.waking, BEING.blocked],
  [PHASE.finishing, BEING.finishing],
]);

export function valuesOf(
  name: string,
  who: Invocation,
  arrival: number,
): Record<`${string}.${keyof Resident}`, number> {
  const being = BEINGS.get(who.phase);
  if (being === undefined) throw new Error(`invocation ${who.id} lives on a machine in phase ${who.phase}`);
  return {
    [`${name}.class`]: who.class,
    [`${name}.arrival`]: arrival,
    [`${name}.being`]: being,
    [`${name}.demand`]: who.demand,
    // Where paging takes time the walk reads what one will keep.
    [`${name}.resident`]: who.machine === null ? who.resident : keptBy(who),
  };
}

export function walkValues(terms: Walk, values: Values): Record<string, number | boolean> {
  const { stopped, ...sums } = terms;
  const entries = Object.entries(sums).map(([part, term]) => [`w.${part}`, evaluate(term, values)] as const);
  return { ...Object.fromEntries(entries), 'w.stopped': evaluate(stopped, values) };
}

export function queuedValues(state: State, name: string, who: Invocation): Record<string, number> {
  return {
    [`${name}.class`]: who.class,
    [`${name}.price`]: state.config.classes[who.class]!.price,
    [`${name}.wait`]: state.now - who.enqueuedAt,
  };
}
