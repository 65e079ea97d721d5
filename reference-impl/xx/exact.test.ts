import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { compareProducts, isAheadOfPace } from './exact.ts';

/** Mostly the numbers where rounding would show. */
const numbers = fc.oneof(
  fc.nat(1000),
  fc.maxSafeNat(),
  fc.nat(20).map((less) => Number.MAX_SAFE_INTEGER - less),
);

describe('exact comparison', () => {
  test.prop([numbers, numbers, numbers, numbers])(
    'of two products agrees with big integers',
    (a, b, c, d) => {
      const difference = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
      expect(Math.sign(compareProducts(a, b, c, d))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
    },
  );

  test.prop([numbers, numbers, numbers, numbers.filter((period) => period > 0), numbers])(
    'of spending with pace agrees with big integers',
    (spent, budget, elapsed, period, burst) => {
      const spentScaled = BigInt(spent) * BigInt(period) * 100n;
      const paceScaled = BigInt(budget) * (BigInt(elapsed) * 100n + BigInt(burst) * BigInt(period));
      expect(isAheadOfPace(spent, budget, elapsed, period, burst)).toBe(spentScaled > paceScaled);
    },
  );

  test('tells apart products that are equal as floating-point numbers', () => {
    const a = 2 ** 53 - 1;
    expect(a * a).toBe((a - 1) * (a + 1));
    expect(compareProducts(a, a, a - 1, a)).toBeGreaterThan(0);
    expect(compareProducts(94906267, 94906267, 94906266, 94906268)).toBeGreaterThan(0);
  });

  test('is not ahead of pace when exactly on it', () => {
    expect(isAheadOfPace(25, 100, 1, 4, 0)).toBe(false);
    expect(isAheadOfPace(26, 100, 1, 4, 0)).toBe(true);
    expect(isAheadOfPace(33, 100, 1, 3, 0)).toBe(false);
    expect(isAheadOfPace(34, 100, 1, 3, 0)).toBe(true);
  });
});
