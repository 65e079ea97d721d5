import { InputError } from '../../../model/input-error.ts';
import { readCount } from './amounts.ts';
import { refuseOtherColumns, type TakeRow } from './csv.ts';
import { KEY_COLUMNS, type KeyColumn, keyOf, keysOf, labelOf, type Names, namesReader } from './names.ts';

/** A day has no more minutes, and its first is minute 1. */
const LAST_MINUTE = 1440;
/** A day of all of Azure's sample has 50,000. */
const MOST_FUNCTIONS = 1_000_000;

/** How often a function was invoked by one trigger, in each minute from its first to its last. */
export interface Series {
  readonly names: Names;
  readonly trigger: string;
  /** Counted from 0, the first column of the file. */
  firstMinute: number;
  counts: Counts;
  invocations: number;
  /** How many rows were added up. */
  rows: number;
}

type Counts = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The rows of a file of invocations, without those that have none. */
export interface InvocationsFile {
  readonly keys: readonly KeyColumn[];
  readonly series: readonly Series[];
}

/**
 * Begins to read a file of invocations a minute. Its minutes may be any part of a day, without gaps. Rows of the same
 * function and trigger are added up; of another trigger the same function has a series of its own.
 *
 * @returns the file, which has all its series once `take` has had the rows.
 * @throws InputError with one line that names the line and the column; so does `take`.
 */
export function readMinuteCounts(
  columns: readonly string[],
  line: number,
): { file: InvocationsFile; take: TakeRow } {
  refuseOtherColumns(
    columns,
    line,
    (name) => name === 'Trigger' || KEY_COLUMNS.some((key) => key === name) || isMinute(name),
    `${KEY_COLUMNS.join(', ')}, Trigger or a minute from 1 to ${LAST_MINUTE}`,
  );
  const namesOf = namesReader(columns, line);
  const triggerPlace = columns.indexOf('Trigger');
  if (triggerPlace < 0) throw new InputError(`line ${line}: the column Trigger is missing`);
  const places = minutePlaces(columns, line);
  const keys = keysOf(columns);
  const file = { keys, series: [] as Series[] };
  const seriesOf = new Map<string, Series>();
  const ofRow = new Float64Array(places.length);

  const take: TakeRow = (fields, rowLine) => {
    let first = -1;
    let last = -1;
    for (let minute = 0; minute < places.length; minute++) {
      const count = readCount(
        fields[places[minute]!]!,
        () => `line ${rowLine}: minute ${columns[places[minute]!]}`,
      );
      ofRow[minute] = count;
      if (count === 0) continue;
      if (first < 0) first = minute;
      last = minute;
    }
    const names = namesOf(fields);
    labelOf([names.HashApp, names.HashFunction], `line ${rowLine}: HashApp, HashFunction`);
    const trigger = fields[triggerPlace]!.trim().toLowerCase();
    if (trigger === '') {
      throw new InputError(`line ${rowLine}: Trigger: expected a name, such as http or timer, got ""`);
    }
    if (first < 0) return;
    const key = `${trigger} ${keyOf(names, keys)}`;
    const known = seriesOf.get(key);
    if (known !== undefined) {
      addTo(known, ofRow, first, last);
      return;
    }
    if (file.series.length === MOST_FUNCTIONS) {
      throw new InputError(
        `line ${rowLine}: expected at most ${MOST_FUNCTIONS} functions; give a part of them`,
      );
    }
    const counts = narrowed(ofRow.subarray(first, last + 1));
    const series = { names, trigger, firstMinute: first, counts, invocations: sumOf(counts), rows: 1 };
    seriesOf.set(key, series);
    file.series.push(series);
  };
  return { file, take };
}

function isMinute(name: string): boolean {
  return /^[1-9]\d*$/.test(name) && Number(name) <= LAST_MINUTE;
}

/** Where the columns of the minutes are, the first minute first. */
function minutePlaces(columns: readonly string[], line: number): number[] {
  const minutes = columns
    .filter(isMinute)
    .map(Number)
    .sort((left, right) => left - right);
  if (minutes.length === 0) {
    throw new InputError(`line ${line}: expected a column for each minute, such as 1, 2, …; got none`);
  }
  for (const [index, minute] of minutes.entries()) {
    const before = minutes[index - 1] ?? minute - 1;
    if (minute > before + 1) {
      throw new InputError(
        `line ${line}: expected minutes without gaps, got ${before} and then ${minute}; the column ${before + 1} is missing`,
      );
    }
  }
  return minutes.map((minute) => columns.indexOf(String(minute)));
}

function addTo(series: Series, more: Float64Array, first: number, last: number): void {
  const from = Math.min(first, series.firstMinute);
  const to = Math.max(last, series.firstMinute + series.counts.length - 1);
  const sums = more.slice(from, to + 1);
  for (const [index, count] of series.counts.entries()) sums[series.firstMinute - from + index]! += count;
  series.firstMinute = from;
  series.counts = narrowed(sums);
  series.invocations = sumOf(sums);
  series.rows++;
}

/** A copy, in as little room as the largest of them needs. */
function narrowed(counts: Float64Array): Counts {
  const most = counts.reduce((so, count) => Math.max(so, count), 0);
  if (most < 2 ** 8) return Uint8Array.from(counts);
  if (most < 2 ** 16) return Uint16Array.from(counts);
  return most < 2 ** 32 ? Uint32Array.from(counts) : Float64Array.from(counts);
}

function sumOf(counts: Counts): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
