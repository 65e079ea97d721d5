import { RULES } from './rules/index.ts';
import { GUARD_NAMES, type GuardName } from './statecharts/guards.ts';
import { CHART_EVENTS, COUNTED, EVENT, TABLES, TRANSITIONS, type Transition } from './table.ts';

/** What was seen of the model while it judged: counters that many runs add to. */
export interface Tally {
  /** How often each transition was taken, by index of {@link COUNTED}. */
  readonly transitions: Uint32Array<ArrayBuffer>;
  /** How often a chart took one transition right after another: row first, column second. */
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** How often each guard was found false, and true: two counters for each of {@link GUARD_NAMES}. */
  readonly outcomes: Uint32Array<ArrayBuffer>;
  /** How often the premise of each rule was met, by index of {@link RULES}. */
  readonly premises: Uint32Array<ArrayBuffer>;
  /**
   * How often each check beyond the rules was put to the test; those who make the checks say how many counters there
   * are.
   */
  readonly met: Uint32Array<ArrayBuffer>;
}

const COUNTERS = ['transitions', 'pairs', 'outcomes', 'premises', 'met'] as const;

const COUNT = COUNTED.length;

/** @param beyond how many counters there are for checks beyond the rules. */
export function emptyTally(beyond = 0): Tally {
  return {
    transitions: new Uint32Array(COUNT),
    pairs: new Uint32Array(COUNT * COUNT),
    outcomes: new Uint32Array(GUARD_NAMES.length * 2),
    premises: new Uint32Array(RULES.length),
    met: new Uint32Array(beyond),
  };
}

/** Adds one tally to another; what no longer fits stays at the greatest count. */
export function addTally(to: Tally, from: Tally): void {
  for (const key of COUNTERS) {
    const sums = to[key];
    const summands = from[key];
    for (let index = 0; index < sums.length; index++) {
      sums[index] = Math.min(sums[index]! + summands[index]!, MOST_COUNTED);
    }
  }
}

const MOST_COUNTED = 2 ** 32 - 1;

/** An independent copy. */
export function copyTally(tally: Tally): Tally {
  return {
    transitions: tally.transitions.slice(),
    pairs: tally.pairs.slice(),
    outcomes: tally.outcomes.slice(),
    premises: tally.premises.slice(),
    met: tally.met.slice(),
  };
}

export function clearTally(tally: Tally): void {
  for (const key of COUNTERS) tally[key].fill(0);
}

/** How much of something was seen, and what was not, by name. */
export interface Covered {
  covered: number;
  total: number;
  missing: string[];
}

/** Coverage as reports and JSON have it. */
export interface Coverage {
  transitions: Covered;
  /** Two transitions of the same chart, one right after the other. */
  pairs: Covered;
  /** Guards found true, and guards found false as far as they can be. */
  guards: Covered;
  /** Rules whose premise was met. */
  rules: { met: number; total: number; missing: string[] };
}

/**
 * @param inTime whether some of what was seen was where paging takes time: else what only that can show does not count as
 * missing.
 */
export function coverageOf(tally: Tally, inTime: boolean): Coverage {
  const { transitions, pairs, outcomes } = inTime ? IN_TIME : AT_ONCE;
  const rules = RULES.flatMap((rule, index) =>
    rule.inTime === true && !inTime ? [] : [{ id: rule.id, met: tally.premises[index]! > 0 }],
  );
  const missing = rules.filter(({ met }) => !met).map(({ id }) => id);
  return {
    transitions: covered(
      transitions.map(({ index }) => [nameOfTransition(index), tally.transitions[index]!]),
    ),
    pairs: covered(
      pairs.map(([one, other]) => [
        `${nameOfTransition(one)}, then ${nameOfTransition(other)}`,
        tally.pairs[one * COUNT + other]!,
      ]),
    ),
    guards: covered(
      outcomes.map(({ guard, holds, index }) => [
        `${guard} ${holds ? 'true' : 'false'}`,
        tally.outcomes[index]!,
      ]),
    ),
    rules: { met: rules.length - missing.length, total: rules.length, missing },
  };
}

function covered(counts: readonly (readonly [string, number])[]): Covered {
  const missing = counts.filter(([, count]) => count === 0).map(([name]) => name);
  return { covered: counts.length - missing.length, total: counts.length, missing };
}

/** What can be covered. */
interface Coverable {
  readonly transitions: readonly Transition[];
  /** Pairs of transitions where the second leaves the state that the first leads to. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly outcomes: readonly { guard: GuardName; holds: boolean; index: number }[];
}

const AT_ONCE = coverable(TRANSITIONS);

const IN_TIME = coverable(COUNTED);

/** Where `pairs` counts pairs that can be; the other counters stay 0. */
export const ADJACENT: readonly number[] = IN_TIME.pairs.map(([one, other]) => one * COUNT + other);

function coverable(transitions: readonly Transition[]): Coverable {
  const pairs = transitions.flatMap((one) =>
    transitions
      .filter((other) => other.table === one.table && other.source === one.target)
      .map((other): readonly [number, number] => [one.index, other.index]),
  );
  const outcomes = GUARD_NAMES.flatMap((guard, number) =>
    [false, true]
      .map((holds) => ({ guard, holds, index: number * 2 + (holds ? 1 : 0) }))
      .filter(({ holds }) => (holds ? isAsked(guard, transitions) : canBeFalse(guard, transitions))),
  );
  return { transitions, pairs, outcomes };
}

/** Some guards are asked only where something is wrong already. */
function isAsked(guard: GuardName, transitions: readonly Transition[]): boolean {
  return transitions.some((transition) => transition.guard === guard);
}

/** `always` is never false; nor is a guard that only stands last among several, which between them cover all cases. */
function canBeFalse(guard: GuardName, transitions: readonly Transition[]): boolean {
  return (
    guard !== 'always' &&
    transitions.some((transition) => {
      if (transition.guard !== guard) return false;
      const { table, source, event } = transition;
      const { states, candidates: cells } = TABLES.find(({ name }) => name === table)!;
      const cell = cells[states.indexOf(source) * CHART_EVENTS.length + EVENT[event]] ?? [];
      const candidates = cell.filter((candidate) => transitions.includes(candidate));
      return candidates.length === 1 || candidates.at(-1) !== transition;
    })
  );
}

/** A transition as reports name it. */
export function nameOfTransition(index: number): string {
  const { table, source, event, guard, target } = COUNTED[index]!;
  return `${table}: ${source} --${event} [${guard}]--> ${target}`;
}
