import { InputError } from '../../model/input-error.ts';
import { createGenerator, type Generator, nextUnit } from '../random.ts';
import type { TracedInvocation } from './azure-2021.ts';
import { forEachRow, type NumberedRow } from './csv.ts';
import { show } from './show.ts';

/**
 * The schema of the Azure Functions trace of 2019 (Shahrad et al., ATC 2020): CSV files of invocations a minute (with
 * the trigger of each function), of percentiles of durations, and of percentiles of allocated memory. Which file is
 * which is told by its columns. Columns that name owner, app and function may be there or not, and in any order.
 */

const KEY_COLUMNS = ['HashOwner', 'HashApp', 'HashFunction'];
const MINUTE_MS = 60_000;
const LONGEST_LABEL = 256;

export type Azure2019Kind = 'invocations' | 'durations' | 'memory';

/** What a header announces, or `undefined` if it is of no file of this schema. */
export function kindOfHeader(columns: readonly string[]): Azure2019Kind | undefined {
  if (columns.includes('Trigger') || columns.includes('1')) return 'invocations';
  if (columns.some((name) => name.startsWith('percentile_Average_'))) return 'durations';
  if (columns.some((name) => name.startsWith('AverageAllocatedMb'))) return 'memory';
  return undefined;
}

/** The percentiles that files of durations and of memory have, and what their columns begin with. */
const DURATIONS = { prefix: 'percentile_Average_', percents: [0, 1, 25, 50, 75, 99, 100] };
const MEMORY = { prefix: 'AverageAllocatedMb_pct', percents: [1, 5, 25, 50, 75, 95, 99, 100] };

/** Where the columns of minutes 1, 2, … are. */
function minutesIn(columns: readonly string[], place: string): number[] {
  const last = columns.reduce((most, name) => (/^\d+$/.test(name) ? Math.max(most, Number(name)) : most), 0);
  if (last === 0) throw new InputError(`${place}: expected a column for each minute, 1, 2, …`);
  return Array.from({ length: Math.min(last, MOST_MINUTES) }, (_, before) => {
    const index = columns.indexOf(String(before + 1));
    if (index < 0) throw new InputError(`${place}: the column of minute ${before + 1} of ${last} is missing`);
    return index;
  });
}

/** A day has no more. */
const MOST_MINUTES = 1440;

/** A quantile function: values at ascending parts from 0 to 1, linear between them. */
type Percentiles = readonly (readonly [part: number, value: number])[];

interface TracedFunction {
  label: string;
  trigger: string;
  /** Invocations in each minute. */
  perMinute: readonly number[];
  durationMs: Percentiles;
  memoryMb: Percentiles | undefined;
}

/** A trace of 2019, its files read and joined. */
export class Azure2019 {
  readonly functions: readonly TracedFunction[];
  /** The first minute in which anything arrives, from 0, and the last. What is before and after counts as no time. */
  private readonly firstMinute: number;
  private readonly lastMinute: number;

  /**
   * @param files rows by what they are; memory may be missing.
   * @throws InputError with one line that names the file, the line and the column.
   */
  constructor(files: ReadonlyMap<Azure2019Kind, { name: string; rows: readonly NumberedRow[] }>) {
    const invocations = files.get('invocations');
    const durations = files.get('durations');
    if (invocations === undefined || durations === undefined) {
      const missing =
        invocations === undefined ? 'invocations (Trigger, 1, 2, …)' : 'durations (percentile_Average_…)';
      throw new InputError(
        `a trace of the 2019 schema needs its file of ${missing}, too; give all files after --trace`,
      );
    }
    const durationOf = readPercentiles(durations, DURATIONS);
    const memory = files.get('memory');
    const memoryOf = memory === undefined ? undefined : readPercentiles(memory, MEMORY);
    const { rows, columns, place } = opened(invocations);
    if (!columns.includes('Trigger')) throw new InputError(`${place(1)}: the column Trigger is missing`);
    const minuteColumns = minutesIn(columns, place(1));
    this.functions = rows.map(({ line, fields }) => {
      const label = fields[columns.indexOf('HashFunction')]!;
      if (label.length > LONGEST_LABEL)
        throw new InputError(`${place(line)}: HashFunction: too long, got ${show(label)}`);
      const durationMs = durationOf(columns, fields);
      if (durationMs === undefined) {
        throw new InputError(`${place(line)}: function ${show(label)} has no durations in ${durations.name}`);
      }
      return {
        label,
        trigger: fields[columns.indexOf('Trigger')]!,
        perMinute: minuteColumns.map((column) =>
          readAmount(fields[column]!, `${place(line)}: minute ${columns[column]}`, true),
        ),
        durationMs,
        memoryMb: memoryOf?.(columns, fields),
      };
    });
    if (this.invocations === 0) throw new InputError(`${place(1)}: no invocations in any minute`);
    const busy = minuteColumns.flatMap((_, minute) =>
      this.functions.some(({ perMinute }) => perMinute[minute]! > 0) ? [minute] : [],
    );
    this.firstMinute = busy[0]!;
    this.lastMinute = busy.at(-1)!;
  }

  get invocations(): number {
    return this.functions.reduce((sum, { perMinute }) => sum + total(perMinute), 0);
  }

  /** Run time of all invocations, in expectation, ms. */
  get workMs(): number {
    return this.functions.reduce((sum, one) => sum + total(one.perMinute) * meanOf(one.durationMs), 0);
  }

  get spanMs(): number {
    return (this.lastMinute - this.firstMinute + 1) * MINUTE_MS;
  }

  /**
   * The invocations in the order of time, minute by minute, so that no more than a minute's are there at once. What the
   * trace does not say is drawn: when in its minute an invocation arrives, uniformly, and where between the percentiles
   * its duration and its memory are.
   */
  *items(seed: number): Iterable<TracedInvocation> {
    const generator = createGenerator(seed);
    for (let minute = this.firstMinute; minute <= this.lastMinute; minute++) {
      const ofMinute: TracedInvocation[] = [];
      for (const one of this.functions) {
        for (let left = one.perMinute[minute]!; left > 0; left--) {
          ofMinute.push(draw(generator, one, minute - this.firstMinute));
        }
      }
      yield* ofMinute.sort((a, b) => a.arriveMs - b.arriveMs);
    }
  }
}

function draw(
  generator: Generator,
  { label, trigger, durationMs, memoryMb }: TracedFunction,
  minute: number,
): TracedInvocation {
  return {
    function: label,
    arriveMs: minute * MINUTE_MS + Math.floor(nextUnit(generator) * MINUTE_MS),
    runMs: Math.max(1, Math.round(at(durationMs, nextUnit(generator)))),
    trigger,
    ...(memoryMb === undefined
      ? {}
      : { memoryMb: Math.max(1, Math.round(at(memoryMb, nextUnit(generator)))) }),
  };
}

type Rows = { name: string; rows: readonly NumberedRow[] };

function opened({ name, rows }: Rows) {
  const place = (line: number): string => `${name}: line ${line}`;
  const header = rows[0]!;
  const columns = header.fields;
  for (const [index, column] of columns.entries()) {
    if (columns.indexOf(column) < index)
      throw new InputError(`${place(header.line)}: got the column ${show(column)} twice`);
  }
  if (!columns.includes('HashFunction') && !columns.includes('HashApp')) {
    throw new InputError(`${place(header.line)}: expected a column HashFunction or HashApp, got neither`);
  }
  for (const { line, fields } of rows) {
    if (fields.length !== columns.length) {
      throw new InputError(
        `${place(line)}: expected ${columns.length} fields as in the header, got ${fields.length}`,
      );
    }
  }
  if (rows.length === 1) throw new InputError(`${place(header.line)}: a header and no functions`);
  return { rows: rows.slice(1), columns, place };
}

/** Finds the percentiles of a function, by the columns that name it in either file. */
function readPercentiles(
  file: Rows,
  { prefix, percents }: typeof DURATIONS,
): (columns: readonly string[], fields: readonly string[]) => Percentiles | undefined {
  const { rows, columns, place } = opened(file);
  const parts = percents.map((percent) => {
    const index = columns.indexOf(`${prefix}${percent}`);
    if (index < 0) throw new InputError(`${place(1)}: the column ${prefix}${percent} is missing`);
    return { index, part: percent / 100 };
  });
  const keys = KEY_COLUMNS.filter((name) => columns.includes(name));
  const byKey = new Map<string, Percentiles>();
  for (const { line, fields } of rows) {
    const values = parts.map(({ index, part }): [number, number] => [
      part,
      readAmount(fields[index]!, `${place(line)}: ${columns[index]}`, false),
    ]);
    for (const [index, [, value]] of values.entries()) {
      if (index > 0 && value < values[index - 1]![1]) {
        throw new InputError(
          `${place(line)}: expected percentiles that do not fall, got ${value} after ${values[index - 1]![1]}`,
        );
      }
    }
    if (values[0]![0] > 0) values.unshift([0, values[0]![1]]);
    byKey.set(keys.map((name) => fields[columns.indexOf(name)]!).join('\n'), values);
  }
  return (otherColumns, fields) =>
    byKey.get(keys.map((name) => fields[otherColumns.indexOf(name)] ?? '').join('\n'));
}

function at(percentiles: Percentiles, part: number): number {
  let index = 1;
  while (index < percentiles.length - 1 && percentiles[index]![0] < part) index++;
  const [fromPart, from] = percentiles[index - 1]!;
  const [toPart, to] = percentiles[index]!;
  return from + ((to - from) * (part - fromPart)) / (toPart - fromPart);
}

/** The area below the quantile function. */
function meanOf(percentiles: Percentiles): number {
  let sum = 0;
  for (let index = 1; index < percentiles.length; index++) {
    const [fromPart, from] = percentiles[index - 1]!;
    const [toPart, to] = percentiles[index]!;
    sum += ((from + to) / 2) * (toPart - fromPart);
  }
  return Math.max(1, sum);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

const MOST = 1e12;

function readAmount(text: string, place: string, isWhole: boolean): number {
  const value = /^\d+(\.\d+)?([eE]\+?\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value <= MOST && (!isWhole || Number.isInteger(value))) return value;
  throw new InputError(
    `${place}: expected a ${isWhole ? 'whole ' : ''}number from 0 to ${MOST}, got ${show(text)}`,
  );
}

/** The rows of a file, its header first, each with the number of its line. */
export function rowsOf(lines: readonly string[]): NumberedRow[] {
  const rows: NumberedRow[] = [];
  forEachRow(lines, 'the columns of an Azure trace', (fields, line) => rows.push({ fields, line }));
  return rows;
}
