import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { fragmentOf, placeOf } from './address.ts';
import { problemsOfCharts } from './address-problems.ts';
import { beyondText } from './beyond.ts';
import { cloned } from './clone.ts';
import { firstDifference } from './compare.ts';
import { PlayedFilm } from './film.ts';
import { playingOf } from './players.ts';
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

  test('by time increase strictly, however far apart the times are', () => {
    const late = fc
      .array(fc.maxSafeNat(), { minLength: 1, maxLength: 6 })
      .map((at) => at.sort((a, b) => a - b));
    fc.assert(
      fc.property(late, fc.nat({ max: 3 }), (at, again) => {
        const times = [...at, ...Array.from({ length: again }, () => at.at(-1)!)];
        const positions = positionsOf(times, 'time');
        for (let step = 1; step <= times.length; step++) {
          expect(positions[step + 1]!).toBeGreaterThan(positions[step]!);
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

/** The least of a cluster. */
const CONFIG: PageData['scenario']['config'] = {
  classes: [{ name: 'only', price: 1 }],
  memoryPrice: 0,
  machines: [{ cores: 1, ram: 1, swap: 0 }],
  ...{ shards: 1, kMachines: 1, kShards: 1, initialMemory: 1, maxAttempts: 1, seed: 0 },
  idle: { enter: 1, leave: 1, memoryDrift: 1, functionsDrift: 1 },
  tenants: [{ budget: null }],
};

const FOUND = {
  property: 'memory-bound',
  rule: 'memory-bound',
  step: 1,
  entity: 'machine 0',
  message: 'it is too much',
} as const;

const data = (file: string): PageData => ({
  file,
  scenario: { config: CONFIG, stimuli: [{ at: 1, stimulus: { type: 'boot' } }] },
  player: { type: 'scheduler', name: 'xx' },
  ...{ properties: [], leavesOut: false, told: null, range: null },
});

describe('an address', () => {
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

  test('tells nobody what was found: it only claims so', () => {
    const told = { ...FOUND, falls: [] };
    const fragment = fragmentOf({ step: 1, point: null, beside: null, data: { ...data('x'), told } });
    const place = placeOf(fragment);
    expect(place.data).toEqual(data('x'));
    expect(place.claimed).toEqual({ property: 'memory-bound', rule: 'memory-bound', step: 1 });
    // Whoever passes it on passes the claim on, too.
    expect(fragmentOf({ ...place, step: 1 })).toBe(fragment);
  });

  test('packs a scenario only once, however often it is asked for', () => {
    let packed = 0;
    const counting = Object.assign(data('x'), {
      toJSON: () => {
        packed++;
        return data('x');
      },
    });
    for (let step = 1; step < 100; step++) fragmentOf({ step, point: null, beside: null, data: counting });
    expect(packed).toBe(1);
  });

  test('that somebody made up leads to the page itself', () => {
    const nowhere = { step: null, point: null, beside: null, data: null };
    for (const fragment of ['', '#', '#step=0', '#step=-1&point=x', '#step=1e9']) {
      expect(placeOf(fragment)).toMatchObject(nowhere);
    }
    for (const fragment of ['#run=%%%', '#run=AAAA', '#run=']) {
      expect(placeOf(fragment)).toEqual({
        ...nowhere,
        fault: expect.stringMatching(/not whole|expected JSON/),
      });
    }
  });
});

describe('what an address has that is not understood is said', () => {
  test.each([
    ['#step=abc', 'step: expected a whole number from 1 on, got "abc".'],
    ['#step=0&point=0', 'step: expected a whole number from 1 on, got "0".'],
    ['#point=-1', 'point: expected a whole number from 0 on, got "-1".'],
    ['#foo=2', 'The address has "foo", which means nothing here.'],
    ['#stepp=2', 'The address has "stepp", which means nothing here (did you mean step?).'],
    ['#stretch=1', 'The address has "stretch", which means nothing here.'],
  ])('of a replay: %s', (fragment, says) => {
    expect(placeOf(fragment).problems).toEqual([says]);
  });

  test.each(['', '#', '#step=1&point=0&beside=x'])('and nothing of what is: %s', (fragment) => {
    expect(placeOf(fragment).problems).toBeUndefined();
    expect(problemsOfCharts(fragment, 1)).toEqual([]);
    expect(placeOf(`${fragment}&stretch=1`, ['stretch']).problems).toBeUndefined();
  });

  test.each([
    ['#foo=1', 'The address has "foo", which means nothing here.'],
    ['#stretch=99', 'There is no stretch "99"; there are 2 stretches, counted from 0. Shown are the charts.'],
  ])('of charts: %s', (fragment, says) => {
    expect(problemsOfCharts(fragment, 2)).toEqual([says]);
  });

  test('where charts are gone back to, nothing is', () => {
    expect(problemsOfCharts('#charts', 2)).toEqual([]);
  });

  test.each([
    [{ step: 99, point: null }, 'The address names step 99, and the run has 2 steps: shown is the last.'],
    [
      { step: 2, point: 99 },
      'The address names decision 99 of step 2, which has 1 decision: shown is the end of the step.',
    ],
    [
      { step: null, point: 99 },
      'The address names decision 99, and step 2 has 1 decision: shown is the end of the step.',
    ],
    [{ step: 2, point: 1 }, null],
    [{ step: null, point: null }, null],
  ])('of a place that a run does not have: %j', (place, says) => {
    const submit = { type: 'submit', id: 0, tenant: 0, function: 'f', class: 0, shard: 0 } as const;
    const stimuli = [
      { at: 0, stimulus: { type: 'boot' } as const },
      { at: 0, stimulus: submit },
    ];
    const given = { ...data('x'), scenario: { config: CONFIG, stimuli } };
    const film = new PlayedFilm(playingOf(given));
    film.play();
    expect(beyondText({ ...place, beside: null, data: null }, film, 2)).toBe(says);
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
