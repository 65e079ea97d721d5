import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { SlotHeap } from './slot-heap.ts';

const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ set: fc.nat({ max: 200 }), atMs: fc.nat({ max: 9 }) }) },
  fc.record({ remove: fc.nat({ max: 200 }) }),
  fc.constant('pop' as const),
);

test.prop([fc.array(action, { maxLength: 300 })])(
  'slots come out by time, of equal times the one set first, whichever were moved or taken out meanwhile',
  (actions) => {
    const heap = new SlotHeap();
    let expected: { slot: number; atMs: number }[] = [];
    const pop = (): void => {
      const first = expected.toSorted((a, b) => a.atMs - b.atMs)[0];
      expect([heap.first, heap.earliestMs]).toEqual([first?.slot ?? -1, first?.atMs ?? Infinity]);
      if (first === undefined) return;
      expect(heap.has(first.slot)).toBe(true);
      heap.remove(first.slot);
      expected = expected.filter(({ slot }) => slot !== first.slot);
    };
    for (const step of actions) {
      if (step === 'pop') pop();
      else if ('set' in step) {
        heap.set(step.set, step.atMs);
        expected = [...expected.filter(({ slot }) => slot !== step.set), { slot: step.set, atMs: step.atMs }];
      } else {
        heap.remove(step.remove);
        expected = expected.filter(({ slot }) => slot !== step.remove);
        expect(heap.has(step.remove)).toBe(false);
      }
      expect(heap.size).toBe(expected.length);
    }
    while (heap.size > 0) pop();
    expect(expected).toEqual([]);
  },
);
