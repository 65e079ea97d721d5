import { describe, expect, test } from 'vitest';
import { referenceTraces } from '../../properties/logs/traces.ts';
import type { Decision, Step } from '../alphabet.ts';
import type { Configuration } from '../configuration.ts';
import { Judge } from '../judge.ts';
import { permitted } from '../permitted.ts';
import { StepCompletion } from './completion.ts';
import { copyJudge } from './copy.ts';
import { keyOf } from './key.ts';
import { Unobserved } from './unobserved.ts';

/** Every state that a step may lead to, by trying every order and amount of what the log leaves out. */
function everyEnd(judge: Judge, step: Step, unobserved: Unobserved): Set<string> {
  const ends = new Set<string>();
  const seen = new Set<string>();
  const begun = copyJudge(judge);
  begun.model.stimulate(step.at, step.stimulus);
  const open = [{ judge: begun, index: 0 }];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    const { index } = here;
    const { due } = here.judge.state;
    const key = `${index} ${keyOf(here.judge.state, null, true)} ${due.answer} ${due.waking.length} ${due.lost.length}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const next = [...permitted(here.judge.model, true)];
    const follow = (decision: Decision, by: number) => {
      const copy = copyJudge(here.judge);
      if (copy.model.examine(decision) !== null) return;
      copy.model.apply(decision);
      open.push({ judge: copy, index: index + by });
    };
    const wanted = step.decisions[index];
    if (wanted !== undefined) {
      const hidden = unobserved.fieldsOf(wanted.type);
      if (hidden.size === 0) follow(wanted, 1);
      else for (const decision of next) if (agree(decision, wanted, hidden)) follow(decision, 1);
    }
    for (const decision of next) if (unobserved.hides(decision.type)) follow(decision, 0);
    if (wanted === undefined && here.judge.judgeEnd(step.stimulus) === null) {
      ends.add(keyOf(here.judge.state, null, true));
    }
  }
  return ends;
}

function agree(one: Decision, other: Decision, except: ReadonlySet<string>): boolean {
  const fields = (decision: Decision) =>
    JSON.stringify(Object.entries(decision).filter(([field]) => !except.has(field)));
  return fields(one) === fields(other);
}

function masked(step: Step, unobserved: Unobserved): Step {
  return { ...step, decisions: step.decisions.filter(({ type }) => !unobserved.hides(type)) };
}

const LEFT_OUT: readonly (readonly string[])[] = [
  ['pages'],
  ['pageOut'],
  ['pageIn', 'preempt'],
  ['start', 'preempt', 'pages'],
  ['pageOut.memory', 'pageIn.memory', 'preempt'],
  ['kill', 'wake', 'enqueue', 'throttle', 'bills'],
  ['relist', 'unlist', 'start'],
  ['place', 'polls'],
  ['place.machine', 'place.via', 'unlist'],
];

const TRACES = [...referenceTraces(10, 3, 'small')];

/** Walks through whole traces, and looks at each step from the state before it, in which nothing is unknown. */
function* steps(): Generator<{ config: Configuration; judge: Judge; step: Step }> {
  for (const { config, steps: all } of TRACES) {
    const judge = new Judge(config);
    for (const step of all) {
      yield { config, judge: copyJudge(judge), step };
      expect(judge.step(step.at, step.stimulus, step.decisions)).toBeNull();
    }
  }
}

describe('the states that a step of a log may lead to are those of every order and every amount', () => {
  for (const words of LEFT_OUT) {
    test(`without ${words.join(', ')}`, () => {
      let several = 0;
      for (const { config, judge, step } of steps()) {
        const unobserved = new Unobserved(words, config, 'test');
        const seen = masked(step, unobserved);
        const expected = everyEnd(judge, seen, unobserved);
        const outcome = new StepCompletion(seen, unobserved, {}, Number.POSITIVE_INFINITY).of({
          judge,
          lists: null,
        });
        const found = new Set(outcome.reached.map((each) => keyOf(each.judge.state, null, true)));
        expect([...found].sort(), JSON.stringify({ config, step })).toEqual([...expected].sort());
        expect(expected.size).toBeGreaterThan(0);
        if (expected.size > 1) several++;
      }
      if (words.some((word) => word.startsWith('place'))) expect(several).toBeGreaterThan(0);
    });
  }
});

describe('a copy of a judge', () => {
  test('accepts the rest of a trace, wherever it is taken, whatever becomes of the judge', () => {
    for (const { config, steps: all } of TRACES) {
      const judge = new Judge(config);
      for (const [index, step] of all.entries()) {
        judge.step(step.at, step.stimulus, step.decisions);
        if (index % 4 !== 0) continue;
        const copy = copyJudge(judge);
        for (const later of all.slice(index + 1)) {
          expect(copy.step(later.at, later.stimulus, later.decisions)).toBeNull();
        }
      }
    }
  });

  test('goes on as the judge itself would, also from within a step, and leaves it where it is', () => {
    for (const { judge, step } of steps()) {
      const before = keyOf(judge.state, null, true);
      const copy = copyJudge(judge);
      copy.model.stimulate(step.at, step.stimulus);
      for (const decision of step.decisions) {
        const within = copyJudge(copy);
        expect(within.model.examine(decision)).toBeNull();
        within.model.apply(decision);
        expect(copy.model.examine(decision)).toBeNull();
        copy.model.apply(decision);
        expect(keyOf(within.state, null, true)).toBe(keyOf(copy.state, null, true));
      }
      expect(copy.judgeEnd(step.stimulus)).toBeNull();
      expect(keyOf(judge.state, null, true)).toBe(before);
    }
  });
});
