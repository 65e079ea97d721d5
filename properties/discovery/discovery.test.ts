import { describe, expect, test } from 'vitest';
import { FEATURES } from '../campaign/features.ts';
import { MUTANTS } from '../mutants/index.ts';
import { contestantOfMutant } from '../mutants/parts/mutant.ts';
import { type Held, measureDiscovery } from './measure.ts';
import { isCalibrated, rowsOf } from './record.ts';

const WRONG = contestantOfMutant(MUTANTS.find(({ name }) => name === 'lifo-within-a-class')!);

describe('what campaigns say of what is left', () => {
  const held = measureDiscovery(WRONG, { seed: 3, after: [10, 40], further: 60 });

  test('is asked at each length of the same campaign, which goes on after what is wrong', () => {
    expect(held.map(({ estimate }) => estimate.runs)).toEqual([10, 40]);
    expect(held.map(({ nothingWrong }) => nothingWrong)).toEqual([false, false]);
    expect(held[0]!.trulyWrong).toBeGreaterThan(0.2);
    expect(held[0]!.trulyNew).toBeGreaterThan(held[1]!.trulyNew);
  });

  test('is held against what is true', () => {
    const [row] = rowsOf([held, held]);
    expect(row).toMatchObject({ runs: 10, campaigns: 2, within: 2, nothingFound: 0, wrongMoreProbable: 0 });
    const [one] = held;
    const surer = { ...one!.estimate, somethingNew: { estimate: 0, least: 0, most: 0.001 } };
    const wrong = rowsOf([held.slice(0, 1), [{ ...one!, estimate: surer, nothingWrong: true }]])[0]!;
    expect(wrong).toMatchObject({ within: 1, above: 1, nothingFound: 1, wrongMoreProbable: 1 });
    expect([isCalibrated(row!), isCalibrated(wrong)]).toEqual([true, false]);
  });

  test('is asked of runs where paging takes time, too', () => {
    const pager = contestantOfMutant(MUTANTS.find(({ name }) => name === 'pages-out-more-than-a-chunk')!);
    const [{ trulyWrong }] = measureDiscovery(pager, { seed: 1, after: [1], further: 40 }) as [Held];
    expect(trulyWrong).toBeGreaterThan(0);
    expect(trulyWrong).toBeLessThan(2 / 3);
  });

  test('counts what can be met', () => {
    expect(FEATURES).toBeGreaterThan(500);
  });
});
