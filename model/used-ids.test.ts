import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addId, countOfIds, eachId, isUsed, noIds, removeId } from './used-ids.ts';

/** Ids in some order: near each other, so that ranges grow together, and so many that they are united. */
const ids = fc
  .record({
    step: fc.constantFrom(1, 2, 7, 4_099),
    twist: fc.integer({ min: 0, max: 15 }),
    count: fc.constantFrom(10, 4_095, 4_096, 9_000),
    from: fc.constantFrom(0, 2 ** 31, Number.MAX_SAFE_INTEGER - 8_191),
  })
  .map(({ step, twist, count, from }) =>
    Array.from(
      { length: Math.min(count, 8_191) },
      (_, index) => from + (((index * step) % 8_191) ^ twist),
    ).filter((id) => Number.isSafeInteger(id)),
  );

test('ids that were used are exactly those, however many and in whatever order they came', () => {
  fc.assert(
    fc.property(ids, fc.array(fc.nat(8_000), { maxLength: 20 }), (sequence, taken) => {
      const used = noIds();
      const plain = new Set<number>();
      for (const id of sequence) {
        if (!isUsed(used, id)) addId(used, id);
        plain.add(id);
      }
      for (const index of taken) {
        const id = sequence[index % sequence.length]!;
        removeId(used, id);
        plain.delete(id);
      }
      expect(countOfIds(used)).toBe(plain.size);
      expect([...eachId(used)].sort((a, b) => a - b)).toEqual([...plain].sort((a, b) => a - b));
      for (const id of sequence.slice(0, 200)) {
        for (const near of [id - 1, id, id + 1]) expect(isUsed(used, near)).toBe(plain.has(near));
      }
    }),
    { numRuns: 60 },
  );
});

test('a million ids one after the other take a range, and what is missing in between another', () => {
  const used = noIds();
  for (let id = 0; id < 1_000_000; id++) if (id % 100_000 !== 7) addId(used, id);
  expect(countOfIds(used)).toBe(1_000_000 - 10);
  expect(used.starts.length + used.latest.size).toBeLessThan(4_096 + 12);
  expect(isUsed(used, 100_007)).toBe(false);
});
