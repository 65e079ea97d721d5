import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createGenerator, nextUnit } from '../../random.ts';
import { inventTrace } from '../fixtures/invent.ts';
import { inventTrace2019 } from '../fixtures/invent-2019.ts';
import { refusalOf, traceOf } from '../fixtures/texts.ts';

/** What makes no difference to what a file says. */
const dress = fc.record({
  mark: fc.boolean(),
  quotes: fc.constantFrom('none', 'header', 'all'),
  ends: fc.constantFrom('\n', '\r\n'),
  /** After which lines there is a blank one, of nothing or of commas. */
  blanks: fc.array(fc.tuple(fc.nat({ max: 12 }), fc.constantFrom('', '  ', ',,,')), { maxLength: 3 }),
  commas: fc.nat({ max: 3 }),
  spaces: fc.boolean(),
  lastEnd: fc.boolean(),
  columns: fc.nat(),
  rows: fc.nat(),
});
type Dress = typeof dress extends fc.Arbitrary<infer Value> ? Value : never;

/** The numbers from 0 up in some order. */
const shuffled = (length: number, seed: number): number[] => {
  const generator = createGenerator(seed);
  return sortedBy(
    Array.from({ length }, (_, index) => index),
    () => nextUnit(generator),
  );
};

const sortedBy = <Item>(items: readonly Item[], keyOf: (item: Item) => number): Item[] =>
  items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item);

/** A trace of plain cells in a dress. */
function dressed(text: string, one: Dress): string {
  const { mark, quotes, ends, blanks, commas, spaces, lastEnd, columns, rows } = one;
  const [header, ...below] = text.trimEnd().split('\n');
  const turned = [header!, ...shuffled(below.length, rows).map((index) => below[index]!)];
  const cells = turned.map((line) => line.split(','));
  const order = shuffled(cells[0]!.length, columns);
  const lines = cells.map((row, index) => {
    const isQuoted = quotes === 'all' || (quotes === 'header' && index === 0);
    const ordered = order.map((column) =>
      isQuoted ? `"${row[column]!}"` : `${spaces ? ' ' : ''}${row[column]!}`,
    );
    return ordered.join(',') + ','.repeat(commas);
  });
  for (const [after, blank] of blanks) lines.splice(after, 0, blank);
  return `${mark ? '\ufeff' : ''}${lines.join(ends)}${lastEnd ? ends : ''}`;
}

/** Lines are cut at line feeds, as files are; what reads them takes the carriage return away. */
const cut = (text: string): string => text.replaceAll('\r\n', '\n');

describe('the dress of a file makes no difference', () => {
  test.prop([fc.nat(), fc.array(dress, { minLength: 3, maxLength: 3 }), fc.nat({ max: 5 })], { numRuns: 60 })(
    'of 2019',
    async (seed, dresses, order) => {
      const plain = inventTrace2019(seed, 6, 4);
      const names = ['invocations', 'durations', 'memory'] as const;
      const files = names.map((name, index) => [name, cut(dressed(plain[name], dresses[index]!))] as const);
      const turned = [...files.slice(order % 3), ...files.slice(0, order % 3)];
      const trace = await traceOf(Object.fromEntries(turned));
      const expected = await traceOf(plain);
      expect([...trace.items(seed)]).toEqual([...expected.items(seed)]);
      expect({ ...trace, name: '', items: undefined }).toEqual({ ...expected, name: '', items: undefined });
    },
  );

  test.prop([fc.nat(), dress], { numRuns: 60 })('of 2021', async (seed, one) => {
    const plain = inventTrace(seed, 20);
    const trace = await traceOf({ trace: cut(dressed(plain, one)) });
    const expected = await traceOf({ trace: plain });
    expect([...trace.items(seed)]).toEqual([...expected.items(seed)]);
  });

  test.prop([fc.nat(), dress, dress], { numRuns: 40 })(
    'of files in which everybody is twice',
    async (seed, first, second) => {
      const plain = inventTrace2019(seed, 6, 4);
      const again = inventTrace2019(seed + 1, 6, 4);
      const doubled = Object.fromEntries(
        (['invocations', 'durations', 'memory'] as const).map((name) => [
          name,
          plain[name] + again[name].slice(again[name].indexOf('\n') + 1),
        ]),
      ) as typeof plain;
      const expected = await traceOf(doubled);
      const trace = await traceOf({
        invocations: cut(dressed(doubled.invocations, first)),
        durations: cut(dressed(doubled.durations, second)),
        memory: cut(dressed(doubled.memory, first)),
      });
      const everybody = { functions: 6, invocations: trace.invocations };
      expect(trace.joined).toMatchObject({
        severalInvocations: everybody,
        severalDurations: everybody,
        severalMemory: everybody,
      });
      expect([...trace.items(seed)]).toEqual([...expected.items(seed)]);
      expect(trace.runMs).toBe(expected.runMs);
    },
  );
});

const [INVOCATIONS, DURATIONS] = (({ invocations, durations }) => [invocations, durations])(
  inventTrace2019(1, 3, 2),
) as [string, string];
const HEADER_2021 = 'app,func,end_timestamp,duration';

describe('a file of another schema is told apart from one with a mistake', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['of nothing', { a: '' }, /^a\.csv: line 1: is empty; expected a header: of 2021 app,func,/],
    ['of blank lines', { a: '\n,,\n \n' }, /^a\.csv: line 1: is empty;/],
    ['of JSON', { a: '{"a": 1}' }, /^a\.csv: line 1: (not a file of an Azure trace|not CSV)/],
    [
      'of another schema',
      { a: 'time,user\n1,2' },
      /^a\.csv: line 1: not a file of an Azure trace: .*; got "time,user"$/,
    ],
    [
      'without a header',
      { a: 'o,a,f,0.5\no,a,f,1' },
      /^a\.csv: line 1: not a file of an Azure trace: .*; got "o,a,f,0\.5"$/,
    ],
    ['with semicolons', { a: INVOCATIONS.replaceAll(',', ';') }, /; are the fields separated by commas\?$/],
    ['with tabs', { a: HEADER_2021.replaceAll(',', '\t') }, /; are the fields separated by commas\?$/],
    [
      'of a header alone',
      { a: HEADER_2021 },
      /^a\.csv: line 1: a header of single invocations, and no rows$/,
    ],
    [
      'of a header of 2019 alone',
      { a: INVOCATIONS.split('\n')[0]! },
      /^a\.csv: line 1: a header of invocations, and no rows$/,
    ],
    [
      'with a misspelt owner',
      { a: INVOCATIONS.replace('HashOwner', 'HashOwmer') },
      /^a\.csv: line 1: column 1: expected HashOwner, HashApp, HashFunction, Trigger or a minute from 1 to 1440, got "HashOwmer"$/,
    ],
    [
      'with a misspelt function',
      { a: INVOCATIONS.replace('HashFunction', 'HashFuntion') },
      /^a\.csv: line 1: column 3: .* got "HashFuntion"$/,
    ],
    [
      'with a misspelt trigger',
      { a: INVOCATIONS.replace('Trigger', 'Triger') },
      /^a\.csv: line 1: column 4: .* got "Triger"$/,
    ],
    ['without triggers', { a: 'HashFunction,1,2\nf,1,0' }, /^a\.csv: line 1: the column Trigger is missing$/],
    [
      'with a misspelt percentile',
      { a: DURATIONS.replace('percentile_Average_50', 'percentile_Averag_50') },
      /^a\.csv: line 1: column 11: .* got "percentile_Averag_50"$/,
    ],
    [
      'with a misspelt count',
      { a: DURATIONS.replace('Count', 'Cuont') },
      /^a\.csv: line 1: column 5: .* got "Cuont"$/,
    ],
    [
      'with a misspelt name beside durations',
      { a: DURATIONS.replace('HashApp', 'HasApp') },
      /^a\.csv: line 1: column 2: .* got "HasApp"$/,
    ],
    [
      'with a column that has no name',
      { a: `,${HEADER_2021}\n0,a,f,1,1` },
      /^a\.csv: line 1: column 1: expected the columns app,func,end_timestamp,duration, got ""$/,
    ],
    [
      'with a misspelt duration',
      { a: 'app,func,end_timestamp,durations\na,f,1,1' },
      /^a\.csv: line 1: column 4: .* got "durations"$/,
    ],
    [
      'joined with another',
      { a: INVOCATIONS + INVOCATIONS },
      /^a\.csv: line 5: the header occurs again; give the files separately, not joined$/,
    ],
    [
      'with a quotation mark left open',
      { a: INVOCATIONS.replace('fn-1', '"fn-1') },
      /^a\.csv: line 3: not CSV: a quotation mark that is opened here, or below, is never closed$/,
    ],
    [
      'with a quotation mark left open in a long file',
      { a: `${HEADER_2021}\na,"f,1,1\n${'a,f,1,1\n'.repeat(140_000)}` },
      /^a\.csv: line 2: a row of more than 1 MiB; is a quotation mark left open\?$/,
    ],
    [
      'that is cut off',
      { a: INVOCATIONS.slice(0, -4) },
      /^a\.csv: line 4: expected 6 fields as in the header, got 5; is the line cut off\?$/,
    ],
    [
      'with a comma in a name',
      { a: INVOCATIONS.replace('fn-1', 'fn,1') },
      /^a\.csv: line 3: expected 6 fields .* got 7; is there a comma in a name/,
    ],
    [
      'of 2021, and a second',
      { a: `${HEADER_2021}\na,f,1,1`, b: `${HEADER_2021}\na,f,1,1` },
      /^b\.csv: line 1: a file of single invocations beside a\.csv, one of single invocations; /,
    ],
    [
      'of 2019 beside 2021',
      { a: `${HEADER_2021}\na,f,1,1`, b: INVOCATIONS },
      /^b\.csv: line 1: a file of invocations beside a\.csv, one of single invocations; /,
    ],
    [
      'of 2021 beside 2019',
      { a: INVOCATIONS, b: `${HEADER_2021}\na,f,1,1` },
      /^b\.csv: line 1: a file of single invocations beside a\.csv, one of invocations; /,
    ],
  ])('%s', async (_what, texts, message) => {
    expect(await refusalOf(texts)).toMatch(message);
  });
});
