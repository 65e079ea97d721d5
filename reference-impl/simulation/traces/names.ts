import { InputError } from '../../../model/input-error.ts';
import { show } from '../../io/show.ts';

/** The columns of the 2019 schema that say whose a row is. A file has some of them. */
export const KEY_COLUMNS = ['HashOwner', 'HashApp', 'HashFunction'] as const;
export type KeyColumn = (typeof KEY_COLUMNS)[number];

/** Whose a row is, as far as its file says. */
export type Names = Readonly<Partial<Record<KeyColumn, string>>>;

/** The longest name of a function that a simulation takes, in characters. */
const LONGEST_LABEL = 255;

/**
 * Reads whose a row is.
 *
 * @throws InputError when no column names a function or its app.
 */
export function namesReader(columns: readonly string[], line: number): (fields: readonly string[]) => Names {
  const present = keysOf(columns);
  if (!isName(present)) {
    throw new InputError(`line ${line}: expected a column HashFunction or HashApp, got neither`);
  }
  const places = present.map((key) => [key, columns.indexOf(key)] as const);
  return (fields) => {
    const names: Partial<Record<KeyColumn, string>> = {};
    for (const [key, place] of places) names[key] = fields[place]!.trim();
    return names;
  };
}

/** The key columns among these. */
export function keysOf(columns: readonly string[]): KeyColumn[] {
  return KEY_COLUMNS.filter((key) => columns.includes(key));
}

/** Whether these columns tell functions or apps apart: an owner alone has many of either. */
export function isName(keys: readonly KeyColumn[]): boolean {
  return keys.includes('HashFunction') || keys.includes('HashApp');
}

/** The same for the same names in these columns, and only for them. */
export function keyOf(names: Names, keys: readonly KeyColumn[]): string {
  return JSON.stringify(keys.map((key) => names[key]));
}

/**
 * A function's name within a simulation: its parts with slashes between them. A slash in a part is written `%2F`, lest
 * `a/b` of `c` and `a` of `b/c` be one.
 *
 * @throws InputError with one line when it is too long.
 */
export function labelOf(parts: readonly (string | undefined)[], place: string): string {
  const label = parts
    .filter((part) => part !== undefined)
    .map((part) => part.replace(/[%/]/g, encodeURIComponent))
    .join('/');
  if (label.length <= LONGEST_LABEL) return label;
  throw new InputError(
    `${place}: expected a name of at most ${LONGEST_LABEL} characters, got ${show(label)}`,
  );
}
