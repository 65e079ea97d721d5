import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { isUsed, type UsedIds, use, useNext } from './used-ids.ts';

const ids = fc.uniqueArray(fc.oneof(fc.nat(40), fc.maxSafeNat()), { maxLength: 60, size: 'max' });

function remember(used: readonly number[]): UsedIds {
  const remembered: UsedIds = { starts: [], ends: [] };
  for (const id of used) use(remembered, id);
  return remembered;
}

describe('the ids that were used', () => {
  test.prop([ids, fc.array(fc.nat(45))])('are exactly those, in whatever order they came', (used, others) => {
    const remembered = remember(used);
    const known = new Set(used);
    for (const id of [...used, ...others]) expect(isUsed(remembered, id)).toBe(known.has(id));
  });

  test.prop([ids])('are kept as disjoint intervals that do not touch', (used) => {
    const { starts, ends } = remember(used);
    for (let index = 0; index < starts.length; index++) {
      expect(starts[index]).toBeLessThanOrEqual(ends[index]!);
      if (index > 0) expect(starts[index]).toBeGreaterThan(ends[index - 1]! + 1);
    }
  });

  test.prop([ids])('are the same when each is known to be above all before', (used) => {
    const ascending = [...used].sort((a, b) => a - b);
    const appended: UsedIds = { starts: [], ends: [] };
    for (const id of ascending) useNext(appended, id);
    expect(appended).toEqual(remember(ascending));
  });

  test('take one interval when they ascend without gaps', () => {
    const remembered = remember(Array.from({ length: 1000 }, (_, index) => index));
    expect(remembered).toEqual({ starts: [0], ends: [999] });
  });
});
