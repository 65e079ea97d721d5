import { describe, expect, test } from 'vitest';
import { STATISTICAL } from '../catalogue.ts';
import { estimate, studentQuantile } from './confidence.ts';
import { compare, functionsFor, SETTINGS } from './experiments.ts';
import { delayDependent, erlangCWait, preemptiveResume } from './formulas.ts';
import { LAWS, replicate } from './laws.ts';
import { theoryText } from './report.ts';

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

test('the quantiles of Student are those of the tables', () => {
  expect(studentQuantile(0.975, 19)).toBeCloseTo(2.093, 3);
  expect(studentQuantile(0.995, 9)).toBeCloseTo(3.25, 3);
  expect(estimate([1, 2, 3], 0.95)).toMatchObject({ mean: 2 });
});

/** A short version of `npm run theory`: too short for 2 %, long enough to find a clock that is wrong. */
describe('the simulator meets theory, at every load of the table', () => {
  const REPLICATIONS = 6;
  const played = SETTINGS.map((setting) =>
    Array.from({ length: REPLICATIONS }, (_, seed) => replicate(setting, functionsFor(setting, 1500), seed)),
  );
  const report = compare(SETTINGS, played);

  test.each(Object.values(LAWS))('$id: $sentence', ({ id }) => {
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
    const setting = SETTINGS[0]!;
    const wrong = compare([{ ...setting, load: 0.6 }], [played[0]!]);
    expect(wrong.rows.every(({ holds }) => holds)).toBe(false);
  });

  test('the report keeps to 80 columns', () => {
    for (const line of theoryText(report).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
