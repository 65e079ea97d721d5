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
  test.prop([fc.array(fc.tuple(ids, fc.nat(50)), { maxLength: 80, size: 'max' })])(
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
});
