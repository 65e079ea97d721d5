import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { STATISTICAL } from '../catalogue.ts';
import { rounded } from '../evaluation/rounded.ts';
import { leastAttained, meanResponse, powerOfChoices, shortestRemaining } from './by-size.ts';
import { estimate, studentQuantile } from './confidence.ts';
import { compare, describeSetting, functionsFor, SETTINGS, type TheoryReport } from './experiments.ts';
import { delayDependent, deterministicWait, erlangCWait, preemptiveResume } from './formulas.ts';
import { LAWS, type LawId } from './laws.ts';
import { replicate } from './replicate.ts';
import { theoryText } from './report.ts';
import { sizesOf } from './sizes.ts';

test('the catalogue names every law', () => {
  expect(STATISTICAL.map(({ id }) => id)).toEqual([...Object.keys(LAWS), 'littles-law']);
});

describe('the closed forms', () => {
  const one = { perMs: 0.05, mean: 10, second: 200 };

  test('are that of M/M/1 where there is one class, or one core', () => {
    expect(preemptiveResume([one])[0]).toBeCloseTo(20);
    expect(delayDependent([one], [1])[0]).toBeCloseTo(10);
    expect(erlangCWait(1, 0.05, 10)).toBeCloseTo(10);
    expect(erlangCWait(2, 0.1, 10)).toBeCloseTo(10 / 3);
    // Where nothing varies but the arrivals, half as long.
    expect(deterministicWait(10, 0.5)).toBeCloseTo(10 / 2);
  });

  test('conserve work: priorities that do not preempt leave the mean wait, weighted by load, as it is', () => {
    const streams = [0.01, 0.02, 0.03].map((perMs) => ({ ...one, perMs }));
    const loadOf = ({ perMs, mean }: typeof one) => perMs * mean;
    const load = streams.reduce((sum, stream) => sum + loadOf(stream), 0);
    const residualMs = streams.reduce((sum, { perMs, second }) => sum + perMs * second, 0) / 2;
    for (const rates of [
      [1, 1, 1],
      [1, 2, 4],
      [1, 10, 1000],
    ]) {
      const waitMs = delayDependent(streams, rates);
      const weighted = streams.reduce((sum, stream, p) => sum + loadOf(stream) * waitMs[p]!, 0);
      expect(weighted).toBeCloseTo((load * residualMs) / (1 - load));
    }
  });
});

describe('the closed forms by size', () => {
  const exponential = sizesOf({ kind: 'exponential', meanMs: 10 });
  const uniform = sizesOf({ kind: 'uniform', leastMs: 0, mostMs: 20 });

  test('are sums over sizes that have the moments of their distribution', () => {
    const sum = (cells: typeof uniform, power: number) =>
      cells.reduce((total, { fromMs, toMs, part }) => total + part * ((fromMs + toMs) / 2) ** power, 0);
    expect([0, 1, 2].map((power) => sum(exponential, power))[2]).toBeCloseTo(200, 3);
    expect(sum(uniform, 1)).toBeCloseTo(10, 4);
    expect(sum(uniform, 2)).toBeCloseTo(400 / 3, 3);
  });

  test('of least attained service: what is exponential takes as long as in M/M/1, in whatever order', () => {
    expect(meanResponse(leastAttained(exponential, 0.05))).toBeCloseTo(20, 3);
    expect(meanResponse(leastAttained(exponential, 0.075))).toBeCloseTo(40, 3);
    // Of the same size, all end together: x/(1 − ρ) + λx²/(2(1 − ρ)²).
    const same = sizesOf({ kind: 'deterministic', meanMs: 10 });
    expect(meanResponse(leastAttained(same, 0.05))).toBeCloseTo(20 + 10, 1);
  });

  test('of shortest remaining: nothing is shorter on average, and M/M/1 at load 1/2 takes 1.425 mean sizes', () => {
    expect(meanResponse(shortestRemaining(exponential, 0.05))).toBeCloseTo(14.25, 2);
    for (const sizes of [exponential, uniform]) {
      const best = meanResponse(shortestRemaining(sizes, 0.075));
      expect(best).toBeLessThan(meanResponse(leastAttained(sizes, 0.075)));
      expect(best).toBeGreaterThan(10);
    }
  });

  test('of choices: one is M/M/1, and two are worth more than the third', () => {
    expect(powerOfChoices(1, 0.75)).toBeCloseTo(4);
    // ρ + ρ³ + ρ⁷ + …, over ρ.
    expect(powerOfChoices(2, 0.5)).toBeCloseTo(1 + 0.25 + 0.5 ** 6 + 0.5 ** 14 + 0.5 ** 30, 9);
    const [two, three] = [2, 3].map((choices) => powerOfChoices(choices, 0.75));
    expect(4 - two!).toBeGreaterThan(two! - three!);
  });
});

test('the quantiles of Student are those of the tables', () => {
  expect(studentQuantile(0.975, 19)).toBeCloseTo(2.093, 3);
  expect(studentQuantile(0.995, 9)).toBeCloseTo(3.25, 3);
  expect(estimate([1, 2, 3], 0.95)).toMatchObject({ mean: 2 });
});

/** Those whose quanta, or whose many machines, take more time than a test has: `npm run theory` plays them. */
const TAKES_LONG: readonly LawId[] = [
  'least-attained-service',
  'power-of-choices',
  'join-idle-queue',
  'join-the-shortest-queue',
];

describe('the record of `npm run theory`', () => {
  const record = JSON.parse(readFileSync('docs/theory.json', 'utf8')) as TheoryReport;

  test('has every figure of every queue, by the formulas as they are', () => {
    const expected = SETTINGS.flatMap((setting) =>
      [...LAWS[setting.law].expected(setting)].map(([figure, theory]) => {
        const { law, load } = setting;
        return { law, load, setting: describeSetting(setting), figure, theory };
      }),
    );
    expect(record.rows).toMatchObject(rounded(expected));
  });

  test('finds that every one holds', () => {
    expect(record.rows.filter(({ holds }) => !holds)).toEqual([]);
  });
});

/** A short version of `npm run theory`: too short for 2 %, long enough to find a clock that is wrong. */
describe('the simulator meets theory, at every load of the table', () => {
  const REPLICATIONS = 6;
  const settings = SETTINGS.filter(({ law }) => !TAKES_LONG.includes(law));
  const played = settings.map((setting) =>
    Array.from({ length: REPLICATIONS }, (_, seed) => replicate(setting, functionsFor(setting, 1500), seed)),
  );
  const report = compare(settings, played);

  test.each(Object.values(LAWS).filter(({ id }) => !TAKES_LONG.includes(id)))('$id: $sentence', ({ id }) => {
    const rows = report.rows.filter(({ law }) => law === id);
    expect(rows.length).toBeGreaterThan(1);
    expect(new Set(rows.map(({ load }) => load)).size).toBeGreaterThan(1);
    for (const row of rows) {
      const off = Math.abs(row.simulated - row.theory);
      expect(off, JSON.stringify(row)).toBeLessThan(row.halfWidth);
      expect(off / row.theory, JSON.stringify(row)).toBeLessThan(0.2);
    }
  });

  test("Little's law holds in every run, to rounding", () => {
    expect(report.worstLittleError).toBeLessThan(1e-9);
  });

  test('and a wrong simulator would be found: what was played at load 0.5 is no match for theory at 0.6', () => {
    const setting = settings[0]!;
    const wrong = compare([{ ...setting, load: 0.6 }], [played[0]!]);
    expect(wrong.rows.every(({ holds }) => holds)).toBe(false);
  });

  test('the report keeps to 80 columns', () => {
    for (const line of theoryText(report).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
