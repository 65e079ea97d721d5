import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { InputError } from '../../../model/input-error.ts';
import { show } from '../../io/show.ts';

/** A file of a trace: its name, for people, and its lines without their ends, as they arrive. */
export interface TraceFile {
  name: string;
  lines: Iterable<string> | AsyncIterable<string>;
}

/** Takes the fields of a row and the number of its line, counted from 1. There are as many fields as columns. */
export type TakeRow = (fields: readonly string[], line: number) => void;

/** The longest row that is read, in bytes. A day of minutes has some 15,000; one of more is a quotation left open. */
const LONGEST_ROW_BYTES = 1024 * 1024;
/**
 * Lines are passed on in portions of this many characters: one by one, passing them on would cost more than parsing
 * them.
 */
const PORTION = 64 * 1024;

/**
 * Reads CSV row by row, however long the file is. A byte order mark, quotation marks, blank lines, and empty fields
 * after the last column make no difference.
 *
 * @param begin is given the header, whose names are trimmed, and says who takes the rows.
 * @returns how many rows there were below the header, or `undefined` if there was none, nor a header.
 * @throws InputError with one line that names the line, and whatever `begin` and the rows throw.
 */
export async function readCsv(
  lines: TraceFile['lines'],
  begin: (columns: readonly string[], line: number) => TakeRow,
): Promise<number | undefined> {
  let columns: readonly string[] | undefined;
  let take: TakeRow | undefined;
  let rows = 0;
  let lastLine = 0;
  const takeRecord = (record: string[], line: number): void => {
    const width = withoutTrailing(record, columns?.length ?? 0);
    if (width === 0) return;
    if (columns === undefined || take === undefined) {
      columns = record.slice(0, width).map((name) => name.trim());
      take = begin(columns, line);
      return;
    }
    refuseWidth(width, columns.length, line);
    if (columns.every((name, index) => name === record[index]!.trim())) {
      throw new InputError(`line ${line}: the header occurs again; give the files separately, not joined`);
    }
    rows++;
    take(record, line);
  };
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW_BYTES,
    on_record(record: string[], context) {
      takeRecord(record, context.lines);
      lastLine = context.lines;
      return null;
    },
  });
  // The parser puts nothing out, but it only ends once its output is read.
  parser.resume();
  try {
    await pipeline(Readable.from(portions(lines)), parser);
  } catch (error) {
    throw error instanceof CsvError ? new InputError(objectionTo(error, lastLine + 1)) : error;
  }
  return columns === undefined ? undefined : rows;
}

/** How many fields there are but for empty ones beyond `least`; 0 for a row of nothing. */
function withoutTrailing(fields: readonly string[], least: number): number {
  let width = fields.length;
  while (width > least && fields[width - 1]!.trim() === '') width--;
  const isBlank = fields.every((field) => field.trim() === '');
  return isBlank ? 0 : width;
}

function refuseWidth(width: number, expected: number, line: number): void {
  if (width === expected) return;
  const why =
    width < expected ? 'is the line cut off?' : 'is there a comma in a name without quotation marks?';
  throw new InputError(`line ${line}: expected ${expected} fields as in the header, got ${width}; ${why}`);
}

async function* portions(lines: TraceFile['lines']): AsyncGenerator<string, void, undefined> {
  let portion = '';
  for await (const line of lines) {
    portion += `${line}\n`;
    if (portion.length < PORTION) continue;
    yield portion;
    portion = '';
  }
  if (portion !== '') yield portion;
}

/** @param begunAt where the row begins that could not be read. */
function objectionTo({ code, lines }: CsvError, begunAt: number): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `line ${begunAt}: not CSV: a quotation mark that is opened here, or below, is never closed`;
    case 'CSV_MAX_RECORD_SIZE':
      return `line ${begunAt}: a row of more than ${LONGEST_ROW_BYTES / 1024 / 1024} MiB; is a quotation mark left open?`;
    default:
      return `line ${lines}: not CSV: ${code.replace('CSV_', '').replaceAll('_', ' ').toLowerCase()}`;
  }
}

/**
 * Refuses columns that are never read, lest somebody think that they count, and columns that occur twice.
 *
 * @param expected what may be there, for people.
 * @throws InputError with one line that names the column.
 */
export function refuseOtherColumns(
  columns: readonly string[],
  line: number,
  isKnown: (name: string) => boolean,
  expected: string,
): void {
  for (const [index, name] of columns.entries()) {
    const place = `line ${line}: column ${index + 1}`;
    if (!isKnown(name)) throw new InputError(`${place}: expected ${expected}, got ${show(name)}`);
    if (columns.indexOf(name) < index) throw new InputError(`${place}: ${show(name)} occurs twice`);
  }
}
