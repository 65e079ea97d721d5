import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { InputError } from '../../model/input-error.ts';
import { readAzure2021 } from './azure-2021.ts';

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
    (rows, columns, epoch) => {
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
      const read = readAzure2021([columns.join(','), ...lines, '']);
      const firstMs = Math.min(...rows.map(({ arriveMs }) => arriveMs));
      const expected = rows
        .map(({ app, func, arriveMs, runMs }) => ({
          function: `${app}/${func}`,
          arriveMs: arriveMs - firstMs,
          runMs,
        }))
        .sort((a, b) => a.arriveMs - b.arriveMs);
      expect(read).toEqual(expected);
    },
  );

  test('rounds to whole ms, and lets nothing run for less than one', () => {
    const lines = [HEADER, 'a,f,9.5367431640625e-07,0', 'a,g,1.0006,1.0004', 'a,h,+.5,5E-1'];
    expect(readAzure2021(lines).map(({ arriveMs, runMs }) => [arriveMs, runMs])).toEqual([
      [0, 1],
      [0, 1000],
      [0, 500],
    ]);
  });
});

const REFUSALS: [string, string[], string | RegExp][] = [
  [
    'an empty file',
    [],
    'line 1: no invocations; expected app,func,end_timestamp,duration and then one a line',
  ],
  ['a header alone', [HEADER, ''], /^line 1: no invocations/],
  [
    'no header',
    ['a,f,1,1'],
    /^line 1: expected the columns app,func,end_timestamp,duration, got one named "a"$/,
  ],
  ['a missing column', ['app,func,duration', 'a,f,1'], /^line 1: .*, end_timestamp is missing$/],
  ['a column twice', [`${HEADER},app`, 'a,f,1,1,a'], /^line 1: .*, got app twice$/],
  ['a column nobody reads', [`${HEADER},memory`, 'a,f,1,1,5'], /^line 1: .*, got one named "memory"$/],
  ['a byte order mark', [`\ufeff${HEADER}`, 'a,f,1,1'], /^line 1: begins with a byte order mark/],
  ['a field too few', [HEADER, 'a,f,1,1', 'a,f,1'], 'line 3: expected 4 fields, got 3; is the line cut off?'],
  ['a field too many', [HEADER, 'a,f,1,1,1'], /^line 2: expected 4 fields, got 5/],
  [
    'a time that is none',
    [HEADER, '', 'a,f,soon,1'],
    /^line 3: end_timestamp: expected seconds between .*, got "soon"$/,
  ],
  ['no duration', [HEADER, 'a,f,1,'], /^line 2: duration: expected seconds from 0 to 1000000000000, got ""$/],
  [
    'a negative duration',
    [HEADER, 'a,f,1,-0.5'],
    /^line 2: duration: expected seconds from 0 .*, got "-0\.5"$/,
  ],
  ['NaN', [HEADER, 'a,f,1,NaN'], /^line 2: duration: .*, got "NaN"$/],
  ['a hexadecimal', [HEADER, 'a,f,0x10,1'], /^line 2: end_timestamp: .*, got "0x10"$/],
  ['the end of time', [HEADER, 'a,f,1e300,1'], /^line 2: end_timestamp: .*, got "1e300"$/],
  ['an open quotation mark', [HEADER, 'a,"f,1,1', 'a,f,1,1'], /^line 3: not CSV: quote not closed/],
  ['a stray quotation mark', [HEADER, 'a,f"g,1,1'], /^line 2: not CSV: invalid opening quote/],
  [
    'a very long name',
    [HEADER, `a,${'f'.repeat(300)},1,1`],
    /^line 2: app, func: expected at most 255 characters together/,
  ],
  ['a control character', [HEADER, 'a,f,\u0007,1'], /got "\\u0007"$/],
];

describe('a trace is refused with one line that says why', () => {
  test.each(REFUSALS)('%s', (_what, lines, message) => {
    let refusal: unknown;
    try {
      readAzure2021(lines);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(InputError);
    const text = (refusal as InputError).message;
    if (typeof message === 'string') expect(text).toBe(message);
    else expect(text).toMatch(message);
    expect(text.length).toBeLessThan(300);
  });
});
