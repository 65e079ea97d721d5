import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { SlotHeap } from '../slot-heap.ts';
import { DueBatches } from './due-batches.ts';

const SLOTS = 60;
const times = fc.nat({ max: 3 });
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ set: fc.nat({ max: SLOTS }), afterMs: times }) },
  // Only a faulty scheduler can make anybody due in the past.
  fc.record({ set: fc.nat({ max: SLOTS }), afterMs: fc.constant(-1) }),
  fc.record({ remove: fc.nat({ max: SLOTS }) }),
  { weight: 2, arbitrary: fc.constant('take' as const) },
);

test.prop([fc.array(action, { maxLength: 300, size: 'max' }), fc.constantFrom(0, 5, 20)])(
  'slots come out one by one as from the heap itself, whichever were moved or taken out meanwhile',
  (actions, above) => {
    const heap = new SlotHeap();
    const due = new DueBatches(above, () => undefined);
    let nowMs = 0;
    const take = (): void => {
      expect(due.earliestMs).toBe(heap.earliestMs);
      if (heap.size === 0) return;
      nowMs = Math.max(nowMs, heap.earliestMs);
      const slot = heap.first;
      heap.remove(slot);
      expect(due.take()).toBe(slot);
    };
    for (const step of actions) {
      if (step === 'take') take();
      else if ('set' in step) {
        for (const each of [heap, due]) each.set(step.set, nowMs + step.afterMs);
      } else {
        for (const each of [heap, due]) each.remove(step.remove);
      }
    }
    while (heap.size > 0) take();
    expect(due.earliestMs).toBe(Number.POSITIVE_INFINITY);
  },
);

describe('before the first of several that are due at the same time is handed out', () => {
  /** What is announced when all are taken that have these times, and how many at a time that are not. */
  function announcementsOf(atMs: readonly number[]): { batches: number[][]; alone: number[] } {
    const batches: number[][] = [];
    const alone: number[] = [];
    const due = new DueBatches(0, (slots) => batches.push([...slots]));
    for (const [slot, at] of atMs.entries()) due.set(slot, at);
    let pending: number[] = [];
    for (let taken = 0; taken < atMs.length; taken++) {
      const before = batches.length;
      const slot = due.take();
      if (batches.length > before) {
        expect(pending).toEqual([]);
        pending = [...batches.at(-1)!];
      }
      if (pending.length > 0) expect(slot).toBe(pending.shift());
      else alone.push(slot);
    }
    return { batches, alone };
  }

  const numbered = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

  test.each([
    [1, []],
    [2, [2]],
    [16, [16]],
    [17, [16]],
    [35, [16, 16, 3]],
  ])('of %i they are announced in batches of %j', (count, sizes) => {
    const { batches, alone } = announcementsOf(numbered(0, count).map(() => 7));
    expect(batches.map(({ length }) => length)).toEqual(sizes);
    expect([...batches.flat(), ...alone]).toEqual(numbered(0, count));
  });

  test('nobody is announced where too few have a time', () => {
    const announced: number[][] = [];
    const due = new DueBatches(3, (slots) => announced.push([...slots]));
    for (const slot of [0, 1, 2]) due.set(slot, 7);
    expect([due.take(), announced]).toEqual([0, []]);
    for (const slot of [3, 4]) due.set(slot, 7);
    expect([due.take(), announced]).toEqual([1, [[1, 2, 3, 4]]]);
  });

  test.prop([fc.array(times, { minLength: 1, maxLength: 15, size: 'max' })])(
    'all of them are announced, and who is alone at its time is not',
    (atMs) => {
      const together = [0, 1, 2, 3].map((ms) => [...atMs.keys()].filter((slot) => atMs[slot] === ms));
      const { batches, alone } = announcementsOf(atMs);
      expect(batches).toEqual(together.filter(({ length }) => length > 1));
      expect(alone).toEqual(together.filter(({ length }) => length === 1).flat());
    },
  );
});
