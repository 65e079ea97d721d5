import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { fragmentOf, placeOf } from './address.ts';
import { cloned } from './clone.ts';
import { firstDifference } from './compare.ts';
import { positionsOf, stepAt } from './scale.ts';

describe('places along the time line', () => {
  const times = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 60 }).map((gaps) =>
    gaps.map(
      (
        (sum) => (gap: number) =>
          (sum += gap)
      )(100),
    ),
  );

  test.each(['steps', 'time'] as const)('by %s increase strictly, and each finds its step again', (type) => {
    fc.assert(
      fc.property(times, (at) => {
        const positions = positionsOf(at, type);
        for (let step = 1; step <= at.length; step++) {
          expect(positions[step + 1]!).toBeGreaterThan(positions[step]!);
          expect(stepAt(positions, positions[step]!)).toBe(step);
          expect(stepAt(positions, (positions[step]! + positions[step + 1]!) / 2)).toBe(step);
        }
      }),
    );
  });

  test('by time lie within their ms', () => {
    fc.assert(
      fc.property(times, (at) => {
        const positions = positionsOf(at, 'time');
        for (const [index, ms] of at.entries()) expect(Math.floor(positions[index + 1]!)).toBe(ms - at[0]!);
      }),
    );
  });

  test('end at the first and the last step, however far away one looks', () => {
    const positions = positionsOf([0, 5, 9], 'time');
    expect([stepAt(positions, -100), stepAt(positions, 100)]).toEqual([1, 3]);
  });
});

describe('an address', () => {
  const data = (file: string): PageData => ({
    file,
    scenario: {
      config: {} as PageData['scenario']['config'],
      stimuli: [{ at: 1, stimulus: { type: 'boot' } }],
    },
    player: { type: 'scheduler', name: 'xx' },
    ...{ properties: [], leavesOut: false, told: null, range: null },
  });

  test('has the whole scenario in it, whatever the names are, and where one is', () => {
    const beside = fc.option(fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.option(fc.integer({ min: 1, max: 99_999 })),
        beside,
        (file, step, other) => {
          const place = { step, point: step === null ? null : step - 1, beside: other, data: data(file) };
          const fragment = fragmentOf(place);
          expect(fragment).toMatch(/^[\w.*+%=&-]*$/);
          expect(placeOf(`#${fragment}`)).toEqual(place);
        },
      ),
    );
  });

  test('that somebody made up leads to the page itself', () => {
    const nowhere = { step: null, point: null, beside: null, data: null };
    for (const fragment of ['', '#', '#step=0', '#step=-1&point=x', '#run=%%%', '#run=AAAA', '#step=1e9']) {
      expect(placeOf(fragment)).toEqual(nowhere);
    }
  });
});

describe('the first difference of two runs', () => {
  const steps = (...starts: (number[] | null)[]) =>
    starts.map((ids, index) => ({
      step: index + 1,
      timed: { at: 0, stimulus: { type: 'tick' as const } },
      decisions: ids === null ? null : ids.map((id) => ({ type: 'start' as const, id })),
    }));

  // biome-ignore format: a table, a row a line
  const cases: [string, (number[] | null)[], (number[] | null)[], boolean, number | null][] = [
    ['none, when they decide alike', [[1], [2]], [[1], [2]], true, null],
    ['the step with another decision', [[1], [2]], [[1], [3]], true, 2],
    ['the step with one decision more', [[1], [2]], [[1], [2, 3]], true, 2],
    ['the step that one of them left out', [[1], [], [2]], [[1], null, [2]], true, 2],
    ['the step after one has ended', [[1], [2]], [[1]], true, 2],
    ['none yet, while one is played on', [[1], [2]], [[1]], false, null],
  ];
  test.each(cases)('is %s', (_name, one, other, areDone, expected) => {
    expect(firstDifference(steps(...one), steps(...other), areDone)).toBe(expected);
  });

  test('does not mind the order of fields', () => {
    const [step] = steps([1]);
    const other = { ...step!, decisions: [{ id: 1, type: 'start' as const }] };
    expect(firstDifference([step!], [other], true)).toBe(null);
  });
});

describe('a copy', () => {
  class Node {
    next: Node | null = null;
    readonly seen = new Set<Node>();
    readonly byName = new Map<string, Node[]>();
  }

  test('has the classes, cycles and shared parts of what it copies, and nothing in common with it', () => {
    const [one, other] = [new Node(), new Node()];
    one.next = other;
    other.next = one;
    one.seen.add(other);
    one.byName.set('other', [other]);
    const copy = cloned(one, new Set());
    expect(copy).toBeInstanceOf(Node);
    expect(copy).not.toBe(one);
    expect(copy.next).not.toBe(other);
    expect(copy.next!.next).toBe(copy);
    expect([...copy.seen]).toEqual([copy.next]);
    expect(copy.byName.get('other')![0]).toBe(copy.next);
  });

  test('shares what it is told to', () => {
    const [one, other] = [new Node(), new Node()];
    one.next = other;
    expect(cloned(one, new Set([other])).next).toBe(other);
  });

  test('goes along chains that are longer than any stack', () => {
    const first = new Node();
    let last = first;
    for (let count = 0; count < 100_000; count++) last = last.next = new Node();
    let length = 0;
    for (let node: Node | null = cloned(first, new Set()); node !== null; node = node.next) length++;
    expect(length).toBe(100_001);
  });
});
