import { describe, expect, test } from 'vitest';
import type { IdHabit } from '../arbitraries/habits.ts';
import { idOf } from './ids.ts';

const COUNTS = Array.from({ length: 3_000 }, (_, index) => index + 1);

const HABITS: readonly [string, IdHabit][] = [
  ['low, one after another', { kind: 'low', pivot: 0, stride: 1, twist: 0 }],
  ['low, far apart and twisted', { kind: 'low', pivot: 0, stride: 61_803, twist: 5 }],
  ['around 2^31', { kind: 'around', pivot: 2 ** 31, stride: 1, twist: 0 }],
  ['below the greatest', { kind: 'below', pivot: Number.MAX_SAFE_INTEGER, stride: 1, twist: 0 }],
  ['alike in their low bits', { kind: 'alike', pivot: 2 ** 31, stride: 1, twist: 0 }],
];

describe('ids', () => {
  test.each(HABITS)('are handed out once, and can all be said: %s', (_name, habit) => {
    const ids = COUNTS.map((count) => idOf(habit, count));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !Number.isSafeInteger(id) || id < 0)).toEqual([]);
  });

  test('lie on both sides of a number that is the last of its size', () => {
    const around: IdHabit = { kind: 'around', pivot: 2 ** 31, stride: 1, twist: 0 };
    expect([1, 2, 3, 4].map((count) => idOf(around, count))).toEqual([
      2 ** 31,
      2 ** 31 - 1,
      2 ** 31 + 1,
      2 ** 31 - 2,
    ]);
  });

  test('begin with the greatest, or share their low 32 bits with the next', () => {
    const greatest: IdHabit = { kind: 'below', pivot: Number.MAX_SAFE_INTEGER, stride: 1, twist: 0 };
    expect(idOf(greatest, 1)).toBe(Number.MAX_SAFE_INTEGER);
    const [one, next] = [4, 5].map((count) => idOf({ kind: 'alike', pivot: 0, stride: 1, twist: 0 }, count));
    expect(one! % 2 ** 32).toBe(next! % 2 ** 32);
  });
});
