import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { InputError } from '../../../model/input-error.ts';
import { inventTrace } from '../fixtures/invent.ts';
import { refusalOf, traceOf } from '../fixtures/texts.ts';
import { Arrivals } from './arrivals.ts';

const itemsOf = async (lines: readonly string[], atMost?: number) => [
  ...(await traceOf({ a: lines.join('\n') }, atMost)).items(1),
];

const HEADER = 'app,func,end_timestamp,duration';

const invocation = fc.record({
  app: fc.constantFrom('a', 'b', 'with, comma', 'with "quotes"'),
  func: fc.constantFrom('f', 'g', ''),
  arriveMs: fc.nat({ max: 5000 }),
  runMs: fc.integer({ min: 1, max: 100_000 }),
});

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('reading a trace', () => {
  test.prop([
    fc.array(invocation, { minLength: 1, maxLength: 20 }),
    fc.shuffledSubarray(HEADER.split(','), { minLength: 4 }),
    fc.nat({ max: 10_000 }),
  ])(
    'gives each invocation its arrival and run time, whatever the order of rows and columns',
    async (rows, columns, epoch) => {
      const lines = rows.map(({ app, func, arriveMs, runMs }) => {
        const end_timestamp = ((epoch + arriveMs + runMs) / 1000).toString();
        const fields: Record<string, string> = {
          app: quoted(app),
          func,
          end_timestamp,
          duration: `${runMs / 1000}`,
        };
        return columns.map((column) => fields[column]).join(',');
      });
      const read = await itemsOf([columns.join(','), ...lines, '']);
      const firstMs = Math.min(...rows.map(({ arriveMs }) => arriveMs));
      const expected = rows
        .map(({ app, func, arriveMs, runMs }) => ({
          function: `${app}/${func}`,
          arriveMs: arriveMs - firstMs,
          runMs,
        }))
        .sort(
          (a, b) =>
            a.arriveMs - b.arriveMs ||
            (a.function < b.function ? -1 : Number(a.function > b.function)) ||
            a.runMs - b.runMs,
        );
      expect(read).toEqual(expected);
    },
  );

  test('rounds to whole ms, and lets nothing run for less than one', async () => {
    const lines = [HEADER, 'a,f,9.5367431640625e-07,0', 'a,g,1.0006,1.0004', 'a,h,+.5,5E-1'];
    expect((await itemsOf(lines)).map(({ arriveMs, runMs }) => [arriveMs, runMs])).toEqual([
      [0, 1],
      [0, 1000],
      [0, 500],
    ]);
  });
});

test('of a trace of which only the first are played no others are kept, and its figures are of all', async () => {
  const text = inventTrace(7, 5000);
  const whole = await traceOf({ a: text });
  for (const atMost of [1, 3, 700, 5000, 6000]) {
    const cut = await traceOf({ a: text }, atMost);
    expect([...cut.items(1)]).toEqual([...whole.items(1)].slice(0, atMost));
    expect({ ...cut, items: null }).toEqual({ ...whole, items: null });
  }
});

test('more invocations than there is room for are refused, unless only the first of them are played', () => {
  const fill = (arrivals: Arrivals): void => {
    for (let row = 0; row < 5000; row++) arrivals.add('f', 5000 - row, 1, row + 2);
  };
  expect(() => fill(new Arrivals(undefined, 3000))).toThrow(
    /^line 3002: expected at most 3000 invocations, /,
  );
  expect(() => fill(new Arrivals(4000, 3000))).toThrow(InputError);
  const first = new Arrivals(10, 3000);
  fill(first);
  expect([...first.items()].map(({ arriveMs }) => arriveMs)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a slash in the name of an app makes no other function', async () => {
  const items = await itemsOf([HEADER, 'a/b,c,1,1', 'a,b/c,2,1', 'a%2Fb,c,3,1']);
  expect(items.map(({ function: label }) => label)).toEqual(['a%2Fb/c', 'a/b%2Fc', 'a%252Fb/c']);
});

test('what ran for less than half a ms is counted', async () => {
  const { shorterThanOneMs } = await traceOf({
    a: [HEADER, 'a,f,1,0', 'a,f,1,0.0004', 'a,f,1,0.0005'].join('\n'),
  });
  expect(shorterThanOneMs).toBe(2);
});

describe('a trace is refused with one line that says why', () => {
  test.each<[string, string[], RegExp]>([
    ['a missing column', ['app,func,duration', 'a,f,1'], /^a\.csv: line 1: .*, end_timestamp is missing$/],
    ['a column twice', [`${HEADER},app`, 'a,f,1,1,a'], /^a\.csv: line 1: column 5: "app" occurs twice$/],
    [
      'a column nobody reads',
      [`${HEADER},memory`, 'a,f,1,1,5'],
      /^a\.csv: line 1: column 5: .* got "memory"$/,
    ],
    [
      'a field too few',
      [HEADER, 'a,f,1,1', 'a,f,1'],
      /^a\.csv: line 3: expected 4 fields .* got 3; is the line cut off\?$/,
    ],
    ['a field too many', [HEADER, 'a,f,1,1,1'], /^a\.csv: line 2: expected 4 fields .* got 5;/],
    [
      'a time that is none',
      [HEADER, '', 'a,f,soon,1'],
      /line 3: end_timestamp: expected seconds between .*, got "soon"$/,
    ],
    [
      'no duration',
      [HEADER, 'a,f,1,'],
      /line 2: duration: expected seconds from 0 to 1000000000000, got ""$/,
    ],
    [
      'a negative duration',
      [HEADER, 'a,f,1,-0.5'],
      /line 2: duration: expected seconds from 0 .*, got "-0\.5"$/,
    ],
    ['NaN', [HEADER, 'a,f,1,NaN'], /line 2: duration: .*, got "NaN"$/],
    ['a hexadecimal', [HEADER, 'a,f,0x10,1'], /line 2: end_timestamp: .*, got "0x10"$/],
    ['the end of time', [HEADER, 'a,f,1e300,1'], /line 2: end_timestamp: .*, got "1e300"$/],
    ['a stray quotation mark', [HEADER, 'a,f"g,1,1'], /line 2: not CSV: invalid opening quote$/],
    [
      'a very long name',
      [HEADER, `a,${'f'.repeat(300)},1,1`],
      /line 2: app, func: expected a name of at most 255 characters, got /,
    ],
    ['a control character', [HEADER, 'a,f,\u0007,1'], /got "\\u0007"$/],
  ])('%s', async (_what, lines, message) => {
    const refusal = await refusalOf({ a: lines.join('\n') });
    expect(refusal).toMatch(message);
    expect(refusal.length).toBeLessThan(300);
  });
});
