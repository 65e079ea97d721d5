import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createSlotTable, giveSlot, slotOf, slotsIn, takeSlot } from './slot-table.ts';

const ids = fc.oneof(
  fc.nat(12),
  fc.nat(1000),
  fc.nat(50).map((n) => n * 2 ** 32),
  fc.maxSafeNat(),
);

describe('a slot table', () => {
  test.prop([fc.array(fc.tuple(ids, fc.nat(50)), { maxLength: 80, size: 'max' })], { numRuns: 30 })(
    'holds for each id what it was given last, until that is taken',
    (moves) => {
      const table = createSlotTable();
      const known = new Map<number, number>();
      for (const [id, slot] of moves) {
        if (known.delete(id)) takeSlot(table, id);
        else {
          known.set(id, slot);
          giveSlot(table, id, slot);
        }
        expect(table.size).toBe(known.size);
        for (const [each] of moves) expect(slotOf(table, each)).toBe(known.get(each));
        expect(slotsIn(table).sort()).toEqual([...known.values()].sort());
      }
    },
  );

  // Whoever is taken out is followed to the end of the row: ids that all live at once must not make one long one.
  test.prop([fc.constantFrom(1, 2, 3, 8, 1000), fc.nat(2 ** 31), fc.nat(4000)])(
    'has no long row of places that are taken, whatever the distance between ids',
    (apart, firstId, count) => {
      const table = createSlotTable();
      for (let index = 0; index < count; index++) giveSlot(table, firstId + index * apart, index);
      expect(longestRow(table.places)).toBeLessThanOrEqual(LONG);
    },
  );
});

const LONG = 256;

/** How many places that are taken follow one another, at most; the last is followed by the first. */
function longestRow(places: readonly number[]): number {
  let longest = 0;
  let row = 0;
  for (let place = 0; place < 2 * places.length; place += 2) {
    row = places[place % places.length] === -1 ? 0 : row + 1;
    longest = Math.max(longest, row);
  }
  return longest;
}
