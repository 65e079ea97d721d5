import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Size } from '../properties/arbitraries/configuration.ts';
import { type Plan, plans } from '../properties/arbitraries/plan.ts';
import { Director } from '../properties/play/director.ts';
import { everywhere } from '../properties/testing/wander.ts';
import { type Step, type TimedStimulus, WORD_GROUPS } from './alphabet.ts';
import { ChartWalk } from './chart-walk.ts';
import { emptyTally } from './coverage.ts';
import { ImpossibleStimulus } from './input-error.ts';
import { Judge } from './judge.ts';
import { meter, settleTenant } from './metering.ts';
import { Model } from './model.ts';
import { rulesAgainst } from './render/rules-of-transition.ts';
import { EVERY_RULE, RULE_IDS, RULE_INDEX, type RuleId, type RuleSet, ruleSetOf } from './rules/rule-set.ts';
import type { State } from './state.ts';
import {
  OPTIONAL_TRANSITIONS,
  TRANSITIONS,
  TRANSITIONS_IN_TIME,
  type Transition,
  WRONG_TRANSITIONS,
} from './table.ts';
import { chanceFrom, goAnywhere, type Onlooker } from './testing-chance.ts';
import { Ledger } from './testing-ledger.ts';
import { wrongSums } from './testing-sums.ts';
import { everybody } from './unended.ts';
import { willRunSet } from './will-run.ts';

const NO_RULES = ruleSetOf([]);

/** What such models count is of no interest. */
const uncounted = emptyTally();

/** No failure is reduced for longer than this: a plan that is a little shorter is not worth minutes. */
const MOST_MS = 30_000;

/** With how many seeds transitions are looked for that are seldom taken. */
const MOST_SEEDS = 24;

/** The stimuli of a plan, each chosen in the state that the one before has led to. */
function* stimuliOf(plan: Plan, state: State): Generator<TimedStimulus> {
  const director = new Director(plan);
  yield { at: 0, stimulus: { type: 'boot' } };
  for (const gene of plan.genes) yield director.next(state, gene);
}

/** Walks a model to the end of a plan, or to where a sum leaves the safe integers. */
function walk(plan: Plan, model: Model, onlooker: Onlooker): void {
  const seed = plan.genes[0]!;
  try {
    goAnywhere(model, stimuliOf(plan, model.state), seed % 5, chanceFrom(seed), onlooker);
  } catch (error) {
    if (!(error instanceof ImpossibleStimulus)) throw error;
  }
}

/** Has a check look at as many plans as given: those of a seed, if there is one, else others every time. */
function onPlans(runs: number, size: Size, check: (plan: Plan) => void, seed?: number): void {
  const how = seed === undefined ? { interruptAfterTimeLimit: MOST_MS } : { seed, endOnFailure: true };
  fc.assert(fc.property(plans(size), check), { numRuns: runs, ...how });
}

/** The same plan on a cluster that has all optional words. */
function withWords(plan: Plan): Plan {
  const { paging: _, ...config } = plan.config;
  return { ...plan, config: { ...config, words: [...WORD_GROUPS] } };
}

/** The same plan where paging takes time. */
function inTime(plan: Plan): Plan {
  const [first = 0] = plan.genes;
  return {
    ...plan,
    config: { ...plan.config, paging: { chunk: 1 + (first % 4), reserve: 1 + (first % 3) } },
  };
}

/** Half of all plans where paging takes time. */
function sometimesInTime(plan: Plan): Plan {
  return plan.genes.at(-1)! % 2 === 0 ? inTime(plan) : plan;
}

/** What a walk finds wrong with the model, after every decision and every step. */
function checkSums(plan: Plan, rules: RuleSet): { steps: number; applied: number; state: State } {
  const model = new Model(plan.config, uncounted, rules);
  const { state } = model;
  const ledger = new Ledger(state);
  const seen = { steps: 0, applied: 0, state };
  const below = chanceFrom(plan.genes.at(-1)!);
  let exact = true;
  const isExact = () =>
    [...state.tenants, ...state.machines].every(({ resident }) => Number.isSafeInteger(resident));
  const check = (after: unknown): void => {
    // A sum that was beyond the safe integers stays off by the digits that it lost, also once it is small again.
    exact &&= isExact();
    if (!exact) return;
    const wrong = [...wrongSums(state), ...ledger.wrong()];
    if (wrong.length > 0) throw new Error(`after ${JSON.stringify(after)}: ${wrong.join('; ')}`);
    // What is found only when somebody asks must be known now and then, or it could never be out of date.
    if (below(2) === 0) for (const machine of state.machines) willRunSet(machine);
  };
  walk(plan, model, {
    onStimulus: ({ at }) => ledger.passTo(at),
    onHappened() {
      exact &&= isExact();
    },
    onDecision(decision, possible) {
      if (possible) {
        seen.applied++;
        ledger.note(decision);
      }
      check(decision);
    },
    onStep({ stimulus }) {
      seen.steps++;
      check(stimulus);
    },
  });
  return seen;
}

describe('the model, where anything that is possible may be decided', () => {
  test.each([
    ['small', 300, 3_000],
    ['medium', 100, 3_000],
    ['large', 10, 300],
  ] as const)('keeps every sum as it is found from scratch, in %s clusters', (size, runs, least) => {
    const seen = { steps: 0, applied: 0 };
    onPlans(runs, size, (plan) => {
      const { steps, applied } = checkSums(plan, NO_RULES);
      seen.steps += steps;
      seen.applied += applied;
    });
    expect(seen.steps).toBeGreaterThan(least);
    expect(seen.applied).toBeGreaterThan(3 * least);
  });

  test('keeps every sum as it is found from scratch, where paging takes time', () => {
    const seen = { applied: 0 };
    onPlans(200, 'small', (plan) => {
      seen.applied += checkSums(inTime(plan), NO_RULES).applied;
    });
    onPlans(60, 'medium', (plan) => {
      seen.applied += checkSums(inTime(plan), NO_RULES).applied;
    });
    expect(seen.applied).toBeGreaterThan(5_000);
  });

  test('keeps every sum as it is found from scratch, with all optional words', () => {
    const counts: Record<string, number> = { evicted: 0, refused: 0, timedOut: 0, cancelled: 0 };
    onPlans(150, 'medium', (plan) => {
      const { optional } = checkSums(withWords(plan), NO_RULES).state;
      for (const count of Object.keys(counts)) counts[count]! += optional!.counts[count as 'evicted'];
    });
    for (const [count, total] of Object.entries(counts)) expect(total, count).toBeGreaterThan(50);
  });

  test('takes every transition of optional words where it has them, and none where it has not', () => {
    const look = (plan: Plan) => walk(plan, new Model(plan.config, uncounted, NO_RULES), {});
    const seen = new Set<Transition>();
    const unseen = () => OPTIONAL_TRANSITIONS.filter((one) => !seen.has(one));
    for (let seed = 1; seed <= MOST_SEEDS && (seed === 1 || unseen().length > 0); seed++) {
      for (const one of takenBy(() => onPlans(800, 'medium', (plan) => look(withWords(plan)), seed)))
        seen.add(one);
    }
    expect(unseen().map(nameOf)).toEqual([]);
    const without = takenBy(() => onPlans(50, 'medium', look, 1));
    expect([...without].filter(({ words }) => words !== null).map(nameOf)).toEqual([]);
  });

  test.each(WORD_GROUPS)('takes none of %s where the configuration has all other words', (group) => {
    const taken = takenBy(() =>
      onPlans(
        50,
        'medium',
        (plan) => {
          const { config } = withWords(plan);
          const others = {
            ...plan,
            config: { ...config, words: WORD_GROUPS.filter((one) => one !== group) },
          };
          walk(others, new Model(others.config, uncounted, NO_RULES), {});
        },
        1,
      ),
    );
    const seen = new Set([...taken].map(({ words }) => words));
    expect(seen).toEqual(new Set([null, ...WORD_GROUPS.filter((one) => one !== group)]));
  });

  test('takes every transition, and one that is wrong only if the rules that the pages name refuse the trace', () => {
    const seen = new Set<Transition>();
    const explained = new Map<Transition, number>();
    /** What has been seen as often as this is not looked at again. */
    const enough = 10;
    const look = (taken: Set<Transition>) => (drawn: Plan) => {
      const plan = sometimesInTime(drawn);
      const steps: Step[] = [];
      const wrongOfSteps: Transition[][] = [];
      walk(plan, new Model(plan.config, uncounted, NO_RULES), {
        onStimulus: () => taken.clear(),
        onStep({ at, stimulus }, decisions) {
          steps.push({ at, stimulus, decisions: [...decisions] });
          for (const transition of taken) seen.add(transition);
          wrongOfSteps.push([...taken].filter((one) => one.wrong && (explained.get(one) ?? 0) < enough));
        },
      });
      if (wrongOfSteps.every(({ length }) => length === 0)) return;
      const possible = possiblePart(plan, steps);
      const refusedIn = new Map<RuleSet, number>();
      for (const [index, transitions] of wrongOfSteps.entries()) {
        for (const transition of transitions) {
          const rules = ruleSetOf(rulesAgainst(transition));
          const step = refusedIn.get(rules) ?? stepRefused(plan, possible, rules);
          refusedIn.set(rules, step);
          if (step > index)
            throw new Error(`${nameOf(transition)} is taken in step ${index}, refused in ${step}`);
          explained.set(transition, (explained.get(transition) ?? 0) + 1);
        }
      }
    };
    const all = [...TRANSITIONS, ...TRANSITIONS_IN_TIME, ...WRONG_TRANSITIONS];
    const unseen = () => all.filter((transition) => !seen.has(transition));
    for (let seed = 1; seed <= MOST_SEEDS && (seed === 1 || unseen().length > 0); seed++) {
      takenBy((taken) => onPlans(800, 'medium', look(taken), seed));
    }
    expect(unseen().map(nameOf)).toEqual([]);
    expect(explained.size).toBe(WRONG_TRANSITIONS.length);
  });

  test('takes none that is wrong as long as all rules are kept', () => {
    const taken = takenBy(() => everywhere(200, () => ({})));
    expect([...taken].filter(({ wrong }) => wrong).map(nameOf)).toEqual([]);
    expect(taken.size).toBeGreaterThan(TRANSITIONS.length / 2);
  });
});

/** The transitions that charts take meanwhile; `taken` may be looked at before the end. */
function takenBy(doing: (taken: Set<Transition>) => void): Set<Transition> {
  const taken = new Set<Transition>();
  const { count } = ChartWalk.prototype;
  const spy = vi.spyOn(ChartWalk.prototype, 'count').mockImplementation(function (
    this: ChartWalk,
    transition,
    last,
  ) {
    taken.add(transition);
    return count.call(this, transition, last);
  });
  try {
    doing(taken);
  } finally {
    spy.mockRestore();
  }
  return taken;
}

function nameOf({ table, source, event, target, guard }: Transition): string {
  return `${table}: ${source} --${event} [${guard}]--> ${target}`;
}

/** A walk as a trace, with the decisions that were not possible. */
function traceOf(plan: Plan): Step[] {
  const steps: Step[] = [];
  walk(plan, new Model(plan.config, uncounted, NO_RULES), {
    onStep: ({ at, stimulus }, decisions) => steps.push({ at, stimulus, decisions: [...decisions] }),
  });
  return steps;
}

/** Without the decisions that are not possible: what is left leads to the same. */
function possiblePart(plan: Plan, steps: readonly Step[]): Step[] {
  const model = new Model(plan.config, uncounted, NO_RULES);
  return steps.map(({ at, stimulus, decisions }) => {
    model.stimulate(at, stimulus);
    const possible = decisions.filter((decision) => {
      const isPossible = model.isPossible(decision);
      if (isPossible) model.apply(decision);
      return isPossible;
    });
    return { at, stimulus, decisions: possible };
  });
}

/** Where a judge refuses a trace, counted in decisions and ends of steps; infinite when it does not. */
function refusedAt(plan: Plan, steps: readonly Step[], rules: RuleSet): { at: number; rule: RuleId | null } {
  const judge = new Judge(plan.config, uncounted, rules);
  let before = 0;
  for (const { at, stimulus, decisions } of steps) {
    const violation = judge.step(at, stimulus, decisions);
    if (violation !== null) {
      const { decision, rule, message } = violation;
      expect(message).not.toMatch(/undefined|null|\n|\.$/);
      const index = decision === null ? decisions.length : decisions.indexOf(decision);
      return { at: before + index, rule };
    }
    before += decisions.length + 1;
  }
  return { at: Number.POSITIVE_INFINITY, rule: null };
}

describe('a judge', () => {
  test('of no rules refuses what is not possible, the first of it, and nothing else', () => {
    let refusals = 0;
    onPlans(200, 'small', (plan) => {
      const steps = traceOf(plan);
      const possible = possiblePart(plan, steps);
      expect(refusedAt(plan, possible, NO_RULES).at).toBe(Number.POSITIVE_INFINITY);
      const { at, rule } = refusedAt(plan, steps, NO_RULES);
      expect(at).toBe(firstDifference(steps, possible));
      expect(rule).toBe(at === Number.POSITIVE_INFINITY ? null : 'possible-decision');
      if (rule !== null) refusals++;
    });
    expect(refusals).toBeGreaterThan(50);
  });

  test('of some rules asks for those alone, and refuses where the first of them would', () => {
    const refusing = new Set<RuleId>();
    const look = (drawn: Plan): void => {
      const plan = sometimesInTime(drawn);
      const steps = possiblePart(plan, traceOf(plan));
      const alone = RULE_IDS.map((id) => ({ id, ...refusedAt(plan, steps, ruleSetOf([id])) }));
      for (const { id, rule } of alone) {
        expect([id, null]).toContain(rule);
        if (rule !== null) refusing.add(rule);
      }
      for (const seed of plan.genes.slice(0, 5)) {
        const rules = seed & EVERY_RULE;
        const members = alone.filter(({ id }) => (rules & (1 << RULE_INDEX[id])) !== 0);
        const { at, rule } = refusedAt(plan, steps, rules);
        const first = Math.min(...members.map((member) => member.at));
        if (rule === 'idle-list-true') {
          // An entry waits until all else is settled, as far as that is asked: beside others it may be refused sooner.
          expect(at).toBeLessThanOrEqual(first);
        } else {
          expect(at).toBe(first);
          if (rule === null) continue;
          expect(members.filter((member) => member.at === first).map(({ id }) => id)).toContain(rule);
        }
      }
    };
    onPlans(100, 'small', look);
    onPlans(150, 'medium', look, 1);
    expect([...refusing].toSorted()).toEqual(RULE_IDS.filter((id) => id !== 'possible-decision').toSorted());
  });

  test('stands, after a refusal, where the rest of the step leads', () => {
    let refusals = 0;
    onPlans(100, 'small', (plan) => {
      const steps = traceOf(plan);
      const possible = possiblePart(plan, steps);
      for (const rules of [EVERY_RULE, NO_RULES, plan.genes[0]! & EVERY_RULE]) {
        const judge = new Judge(plan.config, uncounted, rules);
        const other = new Model(plan.config, uncounted, NO_RULES);
        // Each step is judged by itself: a judge goes on from wherever a step has led.
        for (const [index, { at, stimulus, decisions }] of steps.entries()) {
          if (judge.step(at, stimulus, decisions) !== null) refusals++;
          other.stimulate(at, stimulus);
          for (const decision of possible[index]!.decisions) {
            expect(other.isPossible(decision)).toBe(true);
            other.apply(decision);
          }
          expect(wrongSums(judge.state)).toEqual([]);
        }
        expect(isDeepStrictEqual(upToDate(judge.state), upToDate(other.state))).toBe(true);
      }
    });
    expect(refusals).toBeGreaterThan(1_000);
  });
});

/** The index of the step that a judge refuses; infinite when it refuses none. */
function stepRefused(plan: Plan, steps: readonly Step[], rules: RuleSet): number {
  const judge = new Judge(plan.config, uncounted, rules);
  const index = steps.findIndex(
    ({ at, stimulus, decisions }) => judge.step(at, stimulus, decisions) !== null,
  );
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}

function firstDifference(steps: readonly Step[], possible: readonly Step[]): number {
  let before = 0;
  for (const [index, { decisions }] of steps.entries()) {
    const place = decisions.findIndex((decision, at) => decision !== possible[index]!.decisions[at]);
    if (place >= 0) return before + place;
    before += decisions.length + 1;
  }
  return Number.POSITIVE_INFINITY;
}

/** Brings up to date all that the model keeps lazily, so that two states compare by what they mean. */
function upToDate(state: State): State {
  for (const invocation of everybody(state.invocations)) meter(state, invocation);
  for (const id of state.tenants.keys()) settleTenant(state, id);
  for (const machine of state.machines) willRunSet(machine);
  state.due.settled = false;
  state.spendingHorizon = 0;
  return state;
}
