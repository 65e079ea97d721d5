import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../model/rules/index.ts';
import { CATALOGUE } from '../catalogue.ts';
import { questionsAbout } from './ask.ts';
import { HOST, lives, residentCalled } from './encoding/entities.ts';
import { XX } from './encoding/rules.ts';
import { LEMMA_IDS } from './lemma.ts';
import { LEMMAS } from './lemmas/index.ts';
import { brokenBy, failureText, prove, questionsOf } from './prove.ts';
import { answerOf, type Solver } from './solvers/solver.ts';
import { evaluate } from './terms/evaluate.ts';
import { notation } from './terms/notation.ts';
import { printed, script } from './terms/smt-lib.ts';
import {
  and,
  atMost,
  boolVariable,
  choose,
  equal,
  implies,
  int,
  intVariable,
  minus,
  not,
  onlyIf,
  or,
  plus,
  times,
} from './terms/term.ts';
import { WEAKENINGS } from './weakened/index.ts';

const [x, y] = [intVariable('x'), intVariable('y', 'y′')];
const b = boolVariable('b');

describe('terms', () => {
  property.prop([fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }), fc.boolean()])(
    'have the value that arithmetic gives them',
    (one, other, truth) => {
      const values = { x: one, y: other, b: truth };
      expect(evaluate(plus(x, times(y, int(3))), values)).toBe(one + other * 3);
      expect(evaluate(minus(x, y, int(1)), values)).toBe(one - other - 1);
      expect(evaluate(choose(b, x, y), values)).toBe(truth ? one : other);
      expect(evaluate(implies(b, atMost(x, y)), values)).toBe(!truth || one <= other);
      expect(evaluate(or(not(b), equal(x, y)), values)).toBe(!truth || one === other);
    },
  );

  test('are printed for solvers, and for people', () => {
    const term = implies(b, and(atMost(plus(x, int(-1)), times(y, x)), not(equal(x, y))));
    expect(printed(term)).toBe('(=> b (and (<= (+ x (- 1)) (* y x)) (not (= x y))))');
    expect(notation(term)).toBe('b ⇒ x + −1 ≤ y′ × x ∧ x ≠ y′');
    expect(notation(or(and(b, not(b)), or(b, b)))).toBe('(b ∧ ¬ b) ∨ b ∨ b');
    expect(notation(minus(x, minus(y, x)))).toBe('x − (y′ − x)');
    expect(notation(onlyIf(b, plus(x, y)))).toBe('[b] · (x + y′)');
  });

  test('of one name and two sorts are refused', () => {
    expect(() => script([], [{ words: '', term: and(b, atMost(intVariable('b'), x)) }], false)).toThrow(
      /^b is used as Bool and as Int: rename one of them$/,
    );
  });

  test('without a value are named', () => {
    expect(() => evaluate(x, {})).toThrow(/^x has no value$/);
  });
});

describe('what a solver prints', () => {
  test('is read, also negative numbers', () => {
    expect(answerOf('unsat\n')).toEqual({ kind: 'unsat' });
    expect(answerOf('sat\n((x (- 3))\n (b true) (y.z 4))\n')).toEqual({
      kind: 'sat',
      values: { x: -3, b: true, 'y.z': 4 },
    });
    expect(answerOf('timeout\n')).toEqual({ kind: 'unknown', why: 'timeout' });
  });
});

describe('lemmas', () => {
  test('stand in the list of their ids, each once', () => {
    expect(LEMMAS.map(({ id }) => id).toSorted()).toEqual([...LEMMA_IDS].toSorted());
  });

  test('rest on lemmas and on nothing that rests on them', () => {
    const restsOn = new Map(LEMMAS.map((lemma) => [lemma.id, lemma.restsOn]));
    const below = (id: (typeof LEMMA_IDS)[number], path: readonly string[]): void => {
      expect(path, [...path, id].join(' → ')).not.toContain(id);
      for (const next of restsOn.get(id)!) below(next, [...path, id]);
    };
    for (const { id } of LEMMAS) below(id, []);
  });

  test.each(LEMMAS.map((lemma) => [lemma.id, lemma] as const))('%s names what it uses', (_, lemma) => {
    const obligations = lemma.obligations(XX);
    const names = obligations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const cited = obligations.flatMap(({ given }) => given.flatMap(({ by }) => by ?? []));
    for (const id of cited) expect(lemma.restsOn).toContain(id);
    for (const rule of lemma.rules) expect(RULES.map(({ id }) => id)).toContain(rule);
    for (const id of lemma.shows) expect(CATALOGUE.map((one) => one.id)).toContain(id);
  });
});

describe('weakened rules', () => {
  test('are at least twenty, each of its own name', () => {
    expect(WEAKENINGS.length).toBeGreaterThanOrEqual(20);
    expect(new Set(WEAKENINGS.map(({ name }) => name)).size).toBe(WEAKENINGS.length);
  });

  test.each(WEAKENINGS.map((weakening) => [weakening.name, weakening] as const))(
    '%s changes the obligation that it is to break',
    (_, weakening) => {
      const lemma = LEMMAS.find(({ id }) => id === weakening.lemma)!;
      const own = lemma.obligations(XX).find(({ name }) => name === weakening.obligation)!;
      expect(brokenBy(weakening, lemma).script).not.toBe(questionsAbout(lemma, own)[0]!.script);
    },
  );
});

describe('a failure', () => {
  const solver = (answer: string): Solver => ({
    name: 'oracle',
    ask: async () => answerOf(answer),
    close() {},
  });
  const [lemma] = LEMMAS;

  test('names the lemma, the obligation, the solver, its answer, and the file of the question', async () => {
    const [failure] = await prove(solver('sat\n((a.price 7))'), questionsOf([lemma!], []));
    expect(failureText(failure!, 'dir')).toBe(
      'lemma place-decides, obligation not-both: oracle answers sat, and must answer unsat\n' +
        '  it fails where a.price = 7: a rule in properties/proofs/encoding has changed, or the lemma says too much\n' +
        '  the question: dir/place-decides.not-both.smt2',
    );
  });

  test('says when what is given contradicts itself, and when a solver gives up', async () => {
    const failures = await prove(solver('unsat'), questionsOf([lemma!], []));
    expect(failureText(failures[0]!, 'dir')).toMatch(/what is given contradicts itself/);
    const [unknown] = await prove(solver('timeout'), questionsOf([lemma!], []));
    expect(failureText(unknown!, 'dir')).toMatch(/it gave up \(timeout\): split the obligation/);
  });

  test('says when a weakened rule breaks nothing', async () => {
    const [weakening] = WEAKENINGS.filter((one) => one.lemma === lemma!.id);
    const failures = await prove(solver('unsat'), [brokenBy(weakening!, lemma!)]);
    expect(failureText(failures[0]!, 'dir')).toMatch(
      /with the weakened rule the-lower-class-on-a-tie: oracle answers unsat, .*\n.*holds without that part of the rule/,
    );
  });
});

test('who lives on a machine holds no more than it demands', () => {
  const values = { 'i.class': 0, 'i.being': 0, 'i.demand': 2, 'i.arrival': 0 };
  expect(evaluate(lives(residentCalled('i')), { ...values, 'i.resident': 2 })).toBe(true);
  expect(evaluate(lives(residentCalled('i')), { ...values, 'i.resident': 3 })).toBe(false);
  expect(evaluate(XX.isOverfull(int(5), HOST), { usable: 3, swap: 2 })).toBe(false);
});
