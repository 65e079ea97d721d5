import { RULES } from './rules/index.ts';
import { GUARD_NAMES, type GuardName } from './statecharts/guards.ts';
import { TRANSITIONS } from './table.ts';

/** What was seen of the model while it judged: counters that many runs add to. */
export interface Tally {
  /** How often each transition was taken, by index of {@link TRANSITIONS}. */
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

const COUNT = TRANSITIONS.length;

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

/** Adds one tally to another. */
export function addTally(to: Tally, from: Tally): void {
  for (const key of COUNTERS) {
    const sums = to[key];
    const summands = from[key];
    for (let index = 0; index < sums.length; index++) sums[index]! += summands[index]!;
  }
}

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

export function coverageOf(tally: Tally): Coverage {
  const rules = RULES.filter((_, index) => tally.premises[index] === 0).map(({ id }) => id);
  return {
    transitions: covered(
      TRANSITIONS.map(({ index }) => [nameOfTransition(index), tally.transitions[index]!]),
    ),
    pairs: covered(
      ADJACENT.map((index) => [
        `${nameOfTransition(Math.floor(index / COUNT))}, then ${nameOfTransition(index % COUNT)}`,
        tally.pairs[index]!,
      ]),
    ),
    guards: covered(
      GUARD_OUTCOMES.map(({ guard, holds, index }) => [
        `${guard} ${holds ? 'true' : 'false'}`,
        tally.outcomes[index]!,
      ]),
    ),
    rules: { met: RULES.length - rules.length, total: RULES.length, missing: rules },
  };
}

function covered(counts: readonly (readonly [string, number])[]): Covered {
  const missing = counts.filter(([, count]) => count === 0).map(([name]) => name);
  return { covered: counts.length - missing.length, total: counts.length, missing };
}

/** Where `pairs` counts those of which the second leaves the state that the first leads to; the other counters stay 0. */
export const ADJACENT: readonly number[] = TRANSITIONS.flatMap((one) =>
  TRANSITIONS.filter((other) => other.table === one.table && other.source === one.target).map(
    (other) => one.index * COUNT + other.index,
  ),
);

const GUARD_OUTCOMES: readonly { guard: GuardName; holds: boolean; index: number }[] = GUARD_NAMES.flatMap(
  (guard, number) =>
    [false, true]
      .map((holds) => ({ guard, holds, index: number * 2 + (holds ? 1 : 0) }))
      .filter(({ holds }) => (holds ? isAsked(guard) : canBeFalse(guard))),
);

/** Some guards are asked only where something is wrong already. */
function isAsked(guard: GuardName): boolean {
  return TRANSITIONS.some((transition) => transition.guard === guard);
}

/** `always` is never false; nor is a guard that only stands last among several, which between them cover all cases. */
function canBeFalse(guard: GuardName): boolean {
  return (
    guard !== 'always' &&
    TRANSITIONS.some((transition) => {
      if (transition.guard !== guard) return false;
      const { table, source, event } = transition;
      const candidates = TRANSITIONS.filter(
        (t) => t.table === table && t.source === source && t.event === event,
      );
      return candidates.length === 1 || candidates.at(-1) !== transition;
    })
  );
}

/** A transition as reports name it. */
export function nameOfTransition(index: number): string {
  const { table, source, event, guard, target } = TRANSITIONS[index]!;
  return `${table}: ${source} --${event} [${guard}]--> ${target}`;
}
