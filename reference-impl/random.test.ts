import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createGenerator, nextBelow, nextUint32, nextUnit, sampleDistinct } from './random.ts';

const seeds = fc.maxSafeNat();

describe('the seeded generator', () => {
  test.prop([seeds])('draws the same numbers again from the same seed', (seed) => {
    const draw = () => {
      const generator = createGenerator(seed);
      return Array.from({ length: 20 }, () => nextUint32(generator));
    };
    expect(draw()).toEqual(draw());
  });

  test.prop([fc.nat(), fc.integer({ min: 1, max: 2 ** 21 - 1 })])(
    'heeds the upper half of a seed',
    (low, high) => {
      const first = createGenerator(low);
      const second = createGenerator(high * 2 ** 32 + low);
      expect(nextUint32(first)).not.toBe(nextUint32(second));
    },
  );

  test.prop([seeds, fc.integer({ min: 1, max: 2 ** 32 })])('stays below the bound', (seed, bound) => {
    const generator = createGenerator(seed);
    const drawn = nextBelow(generator, bound);
    expect(Number.isInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true);
    expect(nextUnit(generator)).toBeGreaterThanOrEqual(0);
    expect(nextUnit(generator)).toBeLessThan(1);
  });

  test('gives back its whole state as plain numbers, so that a copy goes on alike', () => {
    const generator = createGenerator(7);
    nextUint32(generator);
    const copy = JSON.parse(JSON.stringify(generator));
    expect(nextUint32(copy)).toBe(nextUint32(generator));
  });
});

describe('a sample', () => {
  const sizes = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 }));

  test.prop([seeds, sizes])('holds min(k, n) distinct numbers below n, ascending', (seed, [n, k]) => {
    const sample = sampleDistinct(createGenerator(seed), n, k);
    expect(sample).toHaveLength(Math.min(n, k));
    for (let index = 0; index < sample.length; index++) {
      expect(sample[index]).toBeGreaterThan(index === 0 ? -1 : sample[index - 1]!);
      expect(sample[index]).toBeLessThan(n);
    }
  });

  test.prop([seeds, sizes])('is the same for the same state of the generator', (seed, [n, k]) => {
    expect(sampleDistinct(createGenerator(seed), n, k)).toEqual(sampleDistinct(createGenerator(seed), n, k));
  });

  test.prop([seeds, fc.nat(50), fc.nat(50)])('of all is everything, and draws nothing', (seed, n, more) => {
    const generator = createGenerator(seed);
    expect(sampleDistinct(generator, n, n + more)).toEqual(Array.from({ length: n }, (_, index) => index));
    expect(generator).toEqual(createGenerator(seed));
  });

  test('takes every subset equally often', () => {
    const generator = createGenerator(2024);
    const counts = new Map<string, number>();
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw++) {
      const key = sampleDistinct(generator, 6, 3).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const expected = draws / 20;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    expect(counts.size).toBe(20);
    // The 99.9 % quantile of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(43.8);
  });
});
