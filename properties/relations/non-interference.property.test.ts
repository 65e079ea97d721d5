import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { AMPLE_MB, clusterOf, HIGH, item, LOW } from './cases.ts';
import { CLAIMS } from './claims.ts';
import { checkNonInterference, INTERFERENCE_PAIRS, timesOfKept } from './non-interference.ts';
import { scheduleOf } from './schedules.ts';

describe('non-interference', () => {
  test(CLAIMS['non-interference'], () => {
    expect(checkNonInterference(createXX, 100).counterexample).toBeNull();
  });

  test('is put to the test: lower ones run, are preempted, and are killed beside those that are kept', () => {
    const seen = new Set<string>();
    const looks = fc.property(INTERFERENCE_PAIRS, ({ size, kept, lower }) => {
      const { moments } = scheduleOf(createXX(), clusterOf(size), [...kept, ...lower]);
      for (const [label, those] of moments) for (const { what } of those) seen.add(`${label[0]} ${what}`);
    });
    fc.assert(looks, { seed: 1, numRuns: 60 });
    const all = ['start', 'preempt', 'complete', 'kill'];
    expect([...seen].toSorted()).toEqual(all.flatMap((what) => [`h ${what}`, `l ${what}`]).toSorted());
  });

  // In each of these a lower class takes a core, RAM or the life of a higher one.
  test.each([
    'never-preempts',
    'old-age-beats-class',
    'first-come-first-served-across-classes',
    'foreground-and-background-only',
    'kills-the-newest',
    'hermod',
  ])('is broken by %s, and at most three functions show it', (name) => {
    const { counterexample } = checkNonInterference(() => createScheduler(name), 300);
    expect(counterexample).not.toBeNull();
    const [{ kept, lower, instead }] = counterexample!;
    expect(kept.length + lower.length + instead.length).toBeLessThanOrEqual(3);
  });

  test('tells what is kept from what is not: one of the highest class is preempted by nobody below', () => {
    const size = { cores: 1, ram: AMPLE_MB, swap: 0 };
    const pair = { size, kept: [item('h0', 0, 4, { class: HIGH })], lower: [], instead: [] };
    const alone = timesOfKept(createXX(), pair, []);
    expect(alone).toBe('[["h0",[{"at":0,"what":"start"},{"at":4,"what":"complete"}]]]');
    expect(timesOfKept(createXX(), pair, [item('l0', 1, 9, { class: LOW })])).toBe(alone);
  });
});
