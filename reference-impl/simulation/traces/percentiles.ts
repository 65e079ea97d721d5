import { InputError } from '../../../model/input-error.ts';
import { type Generator, nextUnit } from '../../random.ts';
import { readAmount } from './amounts.ts';
import { refuseOtherColumns, type TakeRow } from './csv.ts';
import { KEY_COLUMNS, type KeyColumn, keyOf, keysOf, type Names, namesReader } from './names.ts';

/** A file of percentiles: what its columns are called. */
interface PercentilesSchema {
  readonly prefix: string;
  readonly percents: readonly number[];
  /** From how many measurements a row was made; may be missing. */
  readonly weight: string;
  /** What else may be there, and is not needed. */
  readonly others: readonly string[];
}

export const DURATIONS: PercentilesSchema = {
  prefix: 'percentile_Average_',
  percents: [0, 1, 25, 50, 75, 99, 100],
  weight: 'Count',
  others: ['Average', 'Minimum', 'Maximum'],
};

export const MEMORY: PercentilesSchema = {
  prefix: 'AverageAllocatedMb_pct',
  percents: [1, 5, 25, 50, 75, 95, 99, 100],
  weight: 'SampleCount',
  others: ['AverageAllocatedMb'],
};

/** One row: the values of a quantile function, which is linear between them, and the weight of the row. */
interface Row {
  readonly names: Names;
  readonly values: Float64Array;
  readonly weight: number;
}

/** The rows of a file of percentiles. */
export interface PercentilesFile {
  readonly keys: readonly KeyColumn[];
  /** Ascending, from 0 to 1: where the values of a row are. */
  readonly parts: readonly number[];
  readonly rows: Row[];
}

/**
 * Begins to read a file of percentiles.
 *
 * @returns the file, which has all its rows once `take` has had them.
 * @throws InputError with one line that names the line and the column; so does `take`.
 */
export function readPercentiles(
  schema: PercentilesSchema,
  columns: readonly string[],
  line: number,
): { file: PercentilesFile; take: TakeRow } {
  const { prefix, percents, weight, others } = schema;
  const names = percents.map((percent) => `${prefix}${percent}`);
  const known = [...KEY_COLUMNS, ...others, weight, ...names];
  refuseOtherColumns(
    columns,
    line,
    (name) => known.includes(name),
    `${KEY_COLUMNS.join(', ')}, ${others.join(', ')}, ${weight} or ${prefix} with ${percents.join(', ')}`,
  );
  const missing = names.find((name) => !columns.includes(name));
  if (missing !== undefined) throw new InputError(`line ${line}: the column ${missing} is missing`);
  const namesOf = namesReader(columns, line);
  const places = names.map((name) => columns.indexOf(name));
  const weightPlace = columns.indexOf(weight);
  const amountAt = (fields: readonly string[], place: number, rowLine: number): number =>
    readAmount(fields[place]!, () => `line ${rowLine}: ${columns[place]}`);
  // Below the first percentile that is there, values are as it is.
  const isFromZero = percents[0] === 0;
  const file: PercentilesFile = {
    keys: keysOf(columns),
    parts: [...(isFromZero ? [] : [0]), ...percents.map((percent) => percent / 100)],
    rows: [],
  };
  const take: TakeRow = (fields, rowLine) => {
    const values = places.map((place) => amountAt(fields, place, rowLine));
    const falls = values.findIndex((value, index) => index > 0 && value < values[index - 1]!);
    if (falls > 0) {
      throw new InputError(
        `line ${rowLine}: ${names[falls]}: expected percentiles that do not fall, got ${values[falls]} after ${values[falls - 1]}`,
      );
    }
    file.rows.push({
      names: namesOf(fields),
      values: Float64Array.from(isFromZero ? values : [values[0]!, ...values]),
      weight: weightPlace < 0 ? 1 : amountAt(fields, weightPlace, rowLine),
    });
  };
  return { file, take };
}

/** Finds the rows about a function or app, by these columns. */
export function poolsOf(
  file: PercentilesFile,
  keys: readonly KeyColumn[],
): (names: Names) => Pool | undefined {
  const rowsOf = new Map<string, Row[]>();
  for (const row of file.rows) {
    const key = keyOf(row.names, keys);
    const rows = rowsOf.get(key);
    if (rows === undefined) rowsOf.set(key, [row]);
    else rows.push(row);
  }
  const pools = new Map<string, Pool>();
  for (const [key, rows] of rowsOf) pools.set(key, new Pool(file.parts, rows));
  return (names) => pools.get(keyOf(names, keys));
}

/**
 * One or several rows about the same function: each value that is drawn comes from one of them, as often as its weight
 * says, whatever the order in which they were given. If nothing was measured for any, each is as likely as the others.
 */
export class Pool {
  readonly #parts: readonly number[];
  readonly #rows: readonly Float64Array[];
  /** The weight of each row and all before it. */
  readonly #cumulated: readonly number[];

  constructor(parts: readonly number[], rows: readonly Pick<Row, 'values' | 'weight'>[]) {
    const sorted = rows.length === 1 ? rows : rows.toSorted(byValue);
    const isUnweighted = sorted.every(({ weight }) => weight === 0);
    let sum = 0;
    this.#parts = parts;
    this.#rows = sorted.map(({ values }) => values);
    this.#cumulated = sorted.map(({ weight }) => {
      sum += isUnweighted ? 1 : weight;
      return sum;
    });
  }

  get rows(): number {
    return this.#rows.length;
  }

  /** The mean of what is drawn, where less than `least` counts as `least`. */
  meanOf(least: number): number {
    let sum = 0;
    for (const [index, values] of this.#rows.entries()) {
      const weight = this.#cumulated[index]! - (this.#cumulated[index - 1] ?? 0);
      sum += weight * Math.max(least, areaBelow(this.#parts, values));
    }
    return sum / this.#cumulated.at(-1)!;
  }

  draw(generator: Generator): number {
    let index = 0;
    if (this.#rows.length > 1) {
      const drawn = nextUnit(generator) * this.#cumulated.at(-1)!;
      while (index < this.#rows.length - 1 && this.#cumulated[index]! <= drawn) index++;
    }
    return valueAt(this.#parts, this.#rows[index]!, nextUnit(generator));
  }
}

function byValue(left: Pick<Row, 'values' | 'weight'>, right: Pick<Row, 'values' | 'weight'>): number {
  for (const [index, value] of left.values.entries()) {
    if (value !== right.values[index]) return value - right.values[index]!;
  }
  return left.weight - right.weight;
}

function valueAt(parts: readonly number[], values: Float64Array, part: number): number {
  let index = 1;
  while (index < parts.length - 1 && parts[index]! < part) index++;
  const from = values[index - 1]!;
  const fromPart = parts[index - 1]!;
  return from + ((values[index]! - from) * (part - fromPart)) / (parts[index]! - fromPart);
}

/** The mean of a quantile function. */
function areaBelow(parts: readonly number[], values: Float64Array): number {
  let sum = 0;
  for (let index = 1; index < parts.length; index++) {
    sum += ((values[index - 1]! + values[index]!) / 2) * (parts[index]! - parts[index - 1]!);
  }
  return sum;
}
