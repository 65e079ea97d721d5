import { InputError } from '../../model/input-error.ts';
import { forEachRow } from './csv.ts';
import { show } from './show.ts';

/** One invocation of a trace: which function, when it arrived, and for how long it ran; integer ms. */
export interface TracedInvocation {
  function: string;
  arriveMs: number;
  runMs: number;
  /** What triggered it, and what memory it had, in MB: where the trace says so. */
  trigger?: string;
  memoryMb?: number;
}

const COLUMNS = ['app', 'func', 'end_timestamp', 'duration'] as const;
const LONGEST_LABEL = 256;

/** Seconds beyond which a time in ms is no longer read to the ms, with room for what a simulation adds to it. */
const LATEST_SECONDS = 1e12;

/**
 * Reads the schema of the Azure Functions trace of 2021 (Zhang et al., SOSP 2021): CSV with the columns `app`,
 * `func`, `end_timestamp` and `duration`, both in seconds, in any order, one invocation a line.
 *
 * An invocation arrives at end minus duration, so the rows need not be in the order of time. They are sorted by
 * arrival (equal arrivals as in the file) and shifted so that the first arrives at 0. Times are rounded to whole ms,
 * and nothing runs for less than one. A function is its app and its func together, since a func alone is not unique.
 *
 * @throws InputError with one line that names the line and the column.
 */
export function readAzure2021(lines: readonly string[]): TracedInvocation[] {
  const invocations: TracedInvocation[] = [];
  let columns: Columns | undefined;
  forEachRow(lines, COLUMNS.join(','), (fields, line) => {
    if (columns === undefined) columns = readColumns(fields, line);
    else invocations.push(readRow(fields, columns, line));
  });
  const first = invocations.reduce<number>((least, { arriveMs }) => Math.min(least, arriveMs), Infinity);
  if (first === Infinity) {
    throw new InputError(`line 1: no invocations; expected ${COLUMNS.join(',')} and then one a line`);
  }
  for (const invocation of invocations) invocation.arriveMs -= first;
  return invocations.sort((a, b) => a.arriveMs - b.arriveMs);
}

type Columns = Record<(typeof COLUMNS)[number], number>;

/** Which field of a row is which column. A column that nobody reads is refused, lest somebody think it counts. */
function readColumns(fields: string[], line: number): Columns {
  const expected = `expected the columns ${COLUMNS.join(',')}`;
  if (fields[0]!.startsWith('\ufeff')) {
    throw new InputError(
      `line ${line}: begins with a byte order mark (U+FEFF); save the file as UTF-8 without one`,
    );
  }
  for (const [i, name] of fields.entries()) {
    if (!COLUMNS.some((column) => column === name)) {
      throw new InputError(`line ${line}: ${expected}, got one named ${show(name)}`);
    }
    if (fields.indexOf(name) < i) throw new InputError(`line ${line}: ${expected}, got ${name} twice`);
  }
  const columnOf = (name: (typeof COLUMNS)[number]): number => {
    const column = fields.indexOf(name);
    if (column === -1) throw new InputError(`line ${line}: ${expected}, ${name} is missing`);
    return column;
  };
  return {
    app: columnOf('app'),
    func: columnOf('func'),
    end_timestamp: columnOf('end_timestamp'),
    duration: columnOf('duration'),
  };
}

function readRow(fields: string[], columns: Columns, line: number): TracedInvocation {
  if (fields.length !== COLUMNS.length) {
    const got = `got ${fields.length}; is the line cut off?`;
    throw new InputError(`line ${line}: expected ${COLUMNS.length} fields, ${got}`);
  }
  const label = `${fields[columns.app]!}/${fields[columns.func]!}`;
  if (label.length > LONGEST_LABEL) {
    const most = `at most ${LONGEST_LABEL - 1} characters together`;
    throw new InputError(`line ${line}: app, func: expected ${most}, got ${show(label)}`);
  }
  const endSeconds = readSeconds(
    fields[columns.end_timestamp]!,
    -LATEST_SECONDS,
    `line ${line}: end_timestamp`,
  );
  const runSeconds = readSeconds(fields[columns.duration]!, 0, `line ${line}: duration`);
  return {
    function: label,
    arriveMs: Math.round((endSeconds - runSeconds) * 1000),
    runMs: Math.max(1, Math.round(runSeconds * 1000)),
  };
}

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function readSeconds(text: string, least: number, place: string): number {
  const trimmed = text.trim();
  const seconds = DECIMAL.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (seconds >= least && seconds <= LATEST_SECONDS) return seconds;
  const range = least === 0 ? `from 0 to ${LATEST_SECONDS}` : `between ${least} and ${LATEST_SECONDS}`;
  throw new InputError(`${place}: expected seconds ${range}, got ${show(text)}`);
}
