import { type Generator, nextBelow } from '../../reference-impl/random.ts';
import { ODD_NAMES } from '../arbitraries/odd-names.ts';

/**
 * Hostile files, made from good ones: by changes of which it is known by themselves, not by any reader, whether they
 * leave a file good.
 */

/** A text, and whether whoever reads it has to take it. */
export interface Hostile {
  readonly text: string;
  readonly isValid: boolean;
  /** What was done to it, for people. */
  readonly how: string;
}

/** Where a value stands in another. */
type Path = readonly (string | number)[];

/** Fields that a record, a report or a tenant without a budget may lack. */
const MAY_LACK = new Set(['alone', 'falls', 'onlyOnce', 'without', 'period', 'burstPercent']);
/** Fields whose strings say nothing that a reader checks. */
const FREE_TEXTS = new Set(['function', 'message', 'entity', 'node']);
/** Numbers that need not be whole: fractions of seconds. */
const FRACTIONS = new Set(['seconds']);
/** Fields that may be null. */
const NULLABLE = new Set(['rule', 'commit', 'runsAsked', 'budget']);

/** A good JSON value with one change. */
export function hostileJson(value: unknown, draw: Generator, layout = pretty): Hostile {
  const copy = structuredClone(value);
  const path = somewhere(copy, draw);
  const at = `at ${path.join('.') || 'the top'}`;
  const said = (isValid: boolean, how: string, text = layout(copy)): Hostile => ({
    text,
    isValid,
    how: `${how} ${at}`,
  });
  const found = valueAt(copy, path);
  switch (nextBelow(draw, 12)) {
    case 0: {
      const inner = isObject(found) ? found : ([copy].flat().find(isObject) ?? {});
      inner[`x${nextBelow(draw, 9)}`] = 1;
      return said(false, 'an unknown field');
    }
    case 1: {
      if (!isObject(found)) return said(true, 'nothing');
      const keys = Object.keys(found);
      if (keys.length === 0) return said(true, 'nothing');
      const key = keys[nextBelow(draw, keys.length)]!;
      delete found[key];
      const isTenant = key !== 'period' && key !== 'burstPercent' ? true : found.budget === null;
      return said(MAY_LACK.has(key) && isTenant, `without ${key}`);
    }
    case 2: {
      if (typeof found !== 'number') return said(true, 'nothing');
      const wrong = ['7', true, {}, [], -2.5, [1]][nextBelow(draw, 6)];
      set(copy, path, wrong);
      return said(
        FRACTIONS.has(String(path.at(-1))) && wrong === -2.5,
        `${JSON.stringify(wrong)} for a number`,
      );
    }
    case 3: {
      if (typeof found !== 'number') return said(true, 'nothing');
      const literal = ['9007199254740993', '1e400', '-0', '0.1e-400', 'NaN', '01', '+1'][nextBelow(draw, 7)]!;
      set(copy, path, MARK);
      return said(false, `the number ${literal}`, layout(copy).replace(`"${MARK}"`, literal));
    }
    case 4: {
      if (!FREE_TEXTS.has(String(path.at(-1)))) return said(true, 'nothing');
      set(copy, path, ODD_NAMES[nextBelow(draw, ODD_NAMES.length)]);
      return said(true, 'an odd name');
    }
    case 5: {
      if (typeof found !== 'string') return said(true, 'nothing');
      set(copy, path, [5, null, {}, ['a']][nextBelow(draw, 4)]);
      return said(NULLABLE.has(String(path.at(-1))) && valueAt(copy, path) === null, 'no string');
    }
    case 6: {
      if (!isObject(found)) return said(true, 'nothing');
      set(copy, path, Object.fromEntries(Object.entries(found).reverse()));
      return said(true, 'fields in another order');
    }
    case 7: {
      const text = layout(copy);
      const quotes = [...text.matchAll(/"(\w+)":\s*/g)];
      const { 0: whole, 1: key, index } = quotes[nextBelow(draw, quotes.length)]!;
      return said(false, `twice ${key}`, `${text.slice(0, index)}${whole}1,${text.slice(index)}`);
    }
    case 8: {
      const text = layout(copy);
      const cut = 1 + nextBelow(draw, text.trimEnd().length - 1);
      return said(false, `cut after ${cut} characters`, text.slice(0, cut));
    }
    case 9: {
      set(copy, path, MARK);
      const deep = `${'['.repeat(70)}${']'.repeat(70)}`;
      return said(false, 'nested deeply', path.length === 0 ? deep : layout(copy).replace(`"${MARK}"`, deep));
    }
    case 10: {
      const text = layout(copy);
      const index = nextBelow(draw, text.length);
      const sign = text[index]!;
      if (!'{}[],:'.includes(sign)) return said(true, 'nothing');
      const isInString = (text.slice(0, index).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
      if (isInString) return said(true, 'nothing');
      return said(false, `without the ${sign} after ${index}`, text.slice(0, index) + text.slice(index + 1));
    }
    default:
      if (path.length === 0) return said(true, 'nothing');
      set(copy, path, null);
      // A tenant without a budget is one too.
      return said(NULLABLE.has(String(path.at(-1))) || found === null, 'null');
  }
}

/** Good JSON lines with one change: in a line, or of lines. */
export function hostileLines(lines: readonly string[], draw: Generator): Hostile {
  const last = lines.length - 1;
  const joined = (some: readonly string[], end = '\n'): string => some.map((line) => line + end).join('');
  switch (nextBelow(draw, 8)) {
    case 0:
      return { text: joined(lines, '\r\n'), isValid: true, how: 'CRLF' };
    case 1:
      return { text: `${joined(lines)}\n  \n`, isValid: true, how: 'blank lines at the end' };
    case 2:
      return { text: `\ufeff${joined(lines)}`, isValid: false, how: 'a byte order mark' };
    case 3: {
      const at = 1 + nextBelow(draw, last);
      const text = joined([...lines.slice(0, at), '', ...lines.slice(at)]);
      return { text, isValid: false, how: `a blank line after ${at}` };
    }
    case 4: {
      const text = joined([...lines.slice(0, 2), lines[1]!, ...lines.slice(2)]);
      return { text, isValid: false, how: 'a second boot' };
    }
    default: {
      const at = nextBelow(draw, lines.length);
      const { text, isValid, how } = hostileJson(JSON.parse(lines[at]!), draw, (value) =>
        JSON.stringify(value),
      );
      return { text: joined(lines.with(at, text)), isValid, how: `line ${at + 1}: ${how}` };
    }
  }
}

/** A good CSV of numbers and names, of which no field is quoted, with one change. */
export function hostileCsv(text: string, numeric: RegExp, draw: Generator): Hostile {
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const written = (some: readonly (readonly string[])[], end = '\n'): string =>
    some.map((row) => row.join(',') + end).join('');
  const row = 1 + nextBelow(draw, rows.length - 1);
  const column = nextBelow(draw, rows[0]!.length);
  const name = rows[0]![column]!;
  const changed = (to: string): string => written(rows.with(row, rows[row]!.with(column, to)));
  switch (nextBelow(draw, 10)) {
    case 0:
      return { text: written(rows, '\r\n'), isValid: true, how: 'CRLF' };
    case 1:
      return { text: `\ufeff${written(rows)}`, isValid: true, how: 'a byte order mark' };
    case 2:
      return {
        text: written(rows.map((fields) => fields.map((field) => `"${field}"`))),
        isValid: true,
        how: 'quotation marks',
      };
    case 3:
      return { text: written(rows, ',,\n\n'), isValid: true, how: 'trailing commas and blank lines' };
    case 4:
      return {
        text: written(rows.with(row, rows[row]!.slice(1))),
        isValid: false,
        how: `row ${row} is short`,
      };
    case 5: {
      const wrong = ['x', '-1x', '1e999', 'NaN', '0x10', '1 2'][nextBelow(draw, 6)]!;
      const isName = !numeric.test(name);
      return { text: changed(wrong), isValid: isName, how: `${wrong} for ${name} in row ${row}` };
    }
    case 6:
      return {
        text: written([rows[0]!.with(column, `${name}x`), ...rows.slice(1)]),
        isValid: false,
        how: `${name}x`,
      };
    case 7:
      return { text: changed('"open'), isValid: false, how: 'a quotation mark is left open' };
    case 8:
      return { text: written([...rows, rows[0]!]), isValid: false, how: 'the header again' };
    default:
      return { text: written([rows[0]!]), isValid: false, how: 'no rows' };
  }
}

const MARK = 'here it stands';

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function somewhere(value: unknown, draw: Generator): Path {
  const paths: Path[] = [[]];
  const visit = (inner: unknown, path: Path): void => {
    if (typeof inner !== 'object' || inner === null) return;
    for (const [key, next] of Object.entries(inner)) {
      const deeper = [...path, Array.isArray(inner) ? Number(key) : key];
      paths.push(deeper);
      visit(next, deeper);
    }
  };
  visit(value, []);
  return paths[nextBelow(draw, paths.length)]!;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((outer, key) => (outer as Record<string | number, unknown>)[key], value);
}

function set(value: unknown, path: Path, to: unknown): void {
  if (path.length === 0) return;
  (valueAt(value, path.slice(0, -1)) as Record<string | number, unknown>)[path.at(-1)!] = to;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
