import type { Decision } from '../../../../model/alphabet.ts';
import { roomIn } from '../../../../model/entities.ts';
import type { Judge } from '../../../../model/judge.ts';
import { permitted } from '../../../../model/permitted.ts';
import type { State } from '../../../../model/state.ts';
import { everybody, invocationOf } from '../../../../model/unended.ts';
import { overCommit } from '../../../../model/will-run.ts';
import { wordsOfDecision } from '../../../../model/words.ts';
import type { Entity } from '../../../../properties/replay/entity.ts';
import type { Still } from '../../run/film.ts';
import { decisionsAbout } from '../../run/options.ts';

/** What somebody with empty hands may decide at a point of a step, and what would be wrong. */

export interface Move {
  readonly decision: Decision;
  readonly words: string;
  readonly isPermitted: boolean;
  /** Whether it has its effect although it is forbidden; what names nobody, or moves nothing, has none. */
  readonly isPossible: boolean;
}

/** More are only counted: of many machines there are very many polls. */
const MOST_PERMITTED = 40;
/** More are not offered: what refuses them is the same. */
const MOST_FORBIDDEN = 60;
/** Whoever is tried where nobody is chosen. */
const MOST_ENTITIES = 6;

/**
 * All moves at a point: those that are permitted; and of those that are not, some about one entity, or about everybody
 * where none is chosen.
 */
export function movesNow({ judge }: Still, about: Entity | null): { permitted: Move[]; forbidden: Move[] } {
  const known = new Set<string>();
  const moveOf = (decision: Decision): Move | null => {
    const words = wordsOfDecision(decision);
    const isPermitted = judge.consider(decision) === null;
    const isPossible = isPermitted || judge.model.isPossible(decision);
    // Of what is not possible the figures do not matter: one of a kind is enough.
    const key = isPossible ? words : `${decision.type} ${'id' in decision ? decision.id : decision.machine}`;
    if (known.has(key)) return null;
    known.add(key);
    return { decision, words, isPermitted, isPossible };
  };
  const moves: Move[] = [];
  for (const decision of firstOf(permitted(judge.model), MOST_PERMITTED)) moves.push(moveOf(decision)!);
  const tried = (about === null ? entitiesOf(judge.state) : [about]).flatMap((entity) =>
    variantsAbout(judge.state, entity),
  );
  for (const decision of tried) {
    const move = moveOf(decision);
    if (move !== null) moves.push(move);
  }
  return {
    permitted: moves.filter(({ isPermitted }) => isPermitted),
    // What has an effect comes first: it can be taken.
    forbidden: moves
      .filter(({ isPermitted }) => !isPermitted)
      .sort((a, b) => Number(b.isPossible) - Number(a.isPossible))
      .slice(0, MOST_FORBIDDEN),
  };
}

/**
 * The decisions with which a step can end that has begun: the first that is permitted, again and again, until nothing is.
 *
 * @param most no more than these, since rules that are judged alone may let a step go on forever.
 */
export function permittedToTheEnd(judge: Judge, most: number): Decision[] {
  const decisions: Decision[] = [];
  while (decisions.length < most) {
    const [next] = firstOf(permitted(judge.model), 1);
    if (next === undefined) break;
    judge.model.examine(next);
    judge.model.apply(next);
    decisions.push(next);
  }
  return decisions;
}

function firstOf<Item>(items: Iterable<Item>, most: number): Item[] {
  const first: Item[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length === most) break;
  }
  return first;
}

/** Whom decisions could be about: those of the step first. */
function entitiesOf(state: State): Entity[] {
  const { subject, lost, waking } = state.due;
  const ids = [
    ...(subject === null ? [] : [subject]),
    ...lost,
    ...waking,
    ...everybody(state.invocations),
  ].map(({ id }) => id);
  return [
    ...[...new Set(ids)].slice(0, MOST_ENTITIES).map((id) => ({ kind: 'invocation', id }) as const),
    ...state.machines.slice(0, MOST_ENTITIES).map(({ id }) => ({ kind: 'machine', id }) as const),
  ];
}

/** Just what there is too much of on the machine, or what fits into its RAM, in MB; at most what it has to move. */
function amountAtHand(state: State, { type, id, memory }: Extract<Decision, { memory: number }>): number {
  const machine = invocationOf(state.invocations, id)?.machine ?? null;
  if (machine === null) return 0;
  return Math.min(memory, type === 'pageOut' ? overCommit(machine) : roomIn(machine));
}

/** One decision of each kind, and the same with figures that are wrong by one, or for another class. */
function variantsAbout(state: State, entity: Entity): Decision[] {
  return decisionsAbout(state, entity).flatMap((decision): Decision[] => {
    switch (decision.type) {
      case 'complete':
        return [decision, { ...decision, bill: { ...decision.bill, cost: decision.bill.cost + 1 } }];
      case 'wake':
        return [decision, { ...decision, outcome: decision.outcome === 'ok' ? 'failed' : 'ok' }];
      case 'pageOut':
      case 'pageIn':
        return [decision.memory, amountAtHand(state, decision), 1]
          .filter((memory) => memory >= 1)
          .map((memory) => ({ ...decision, memory }));
      case 'enqueue':
        return state.config.classes.map((_, index) => ({ ...decision, class: index }));
      case 'list':
      case 'relist':
        return [decision, { ...decision, available: decision.available + 1 }];
      default:
        return [decision];
    }
  });
}
