import { InputError } from '../../../model/input-error.ts';
import { show } from '../../io/show.ts';
import { Arrivals } from './arrivals.ts';
import { refuseOtherColumns, type TakeRow } from './csv.ts';
import { labelOf } from './names.ts';

export const COLUMNS_2021 = ['app', 'func', 'end_timestamp', 'duration'] as const;

/** Seconds beyond which a time in ms is no longer read to the ms, with room for what a simulation adds to it. */
const LATEST_SECONDS = 1e12;

/**
 * Begins to read the schema of the Azure Functions trace of 2021 (Zhang et al., SOSP 2021): CSV with the columns `app`,
 * `func`, `end_timestamp` and `duration`, both in seconds, in any order, one invocation a line.
 *
 * An invocation arrives at end minus duration, so the rows need not be in the order of time. Times are rounded to whole
 * ms, and nothing runs for less than one. A function is its app and its func together, since a func alone is not unique.
 *
 * @param atMost how many of the first arrivals are kept, if not all.
 * @returns the invocations, which are all there once `take` has had the rows.
 * @throws InputError with one line that names the line and the column; so does `take`.
 */
export function readAzure2021(
  columns: readonly string[],
  line: number,
  atMost?: number,
): { arrivals: Arrivals; take: TakeRow } {
  const expected = `the columns ${COLUMNS_2021.join(',')}`;
  refuseOtherColumns(columns, line, (name) => COLUMNS_2021.some((column) => column === name), expected);
  const [app, func, end, duration] = COLUMNS_2021.map((name) => {
    const column = columns.indexOf(name);
    if (column < 0) throw new InputError(`line ${line}: expected ${expected}, ${name} is missing`);
    return column;
  }) as [number, number, number, number];
  const arrivals = new Arrivals(atMost);
  const take: TakeRow = (fields, rowLine) => {
    const label = labelOf([fields[app]!.trim(), fields[func]!.trim()], `line ${rowLine}: app, func`);
    const endSeconds = readSeconds(fields[end]!, -LATEST_SECONDS, `line ${rowLine}: end_timestamp`);
    const runSeconds = readSeconds(fields[duration]!, 0, `line ${rowLine}: duration`);
    const arriveMs = Math.round((endSeconds - runSeconds) * 1000);
    arrivals.add(label, arriveMs, Math.round(runSeconds * 1000), rowLine);
  };
  return { arrivals, take };
}

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function readSeconds(text: string, least: number, place: string): number {
  const trimmed = text.trim();
  const seconds = DECIMAL.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (seconds >= least && seconds <= LATEST_SECONDS) return seconds;
  const range = least === 0 ? `from 0 to ${LATEST_SECONDS}` : `between ${least} and ${LATEST_SECONDS}`;
  throw new InputError(`${place}: expected seconds ${range}, got ${show(text)}`);
}
