import { CsvError, parse } from 'csv-parse/sync';
import { InputError } from '../../model/input-error.ts';

/** The fields of a row of CSV and the number of its line, counted from 1. */
export interface NumberedRow {
  fields: string[];
  line: number;
}

/**
 * Calls back row by row, so that a long trace is never held as text and as numbers at once.
 *
 * @throws InputError with one line when the text is not CSV.
 */
export function forEachRow(
  lines: readonly string[],
  expected: string,
  take: (fields: string[], line: number) => void,
): void {
  try {
    parse(lines.join('\n'), {
      relax_column_count: true,
      skip_empty_lines: true,
      on_record(fields: string[], context) {
        take(fields, context.lines);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const objection = error.code.replace('CSV_', '').replaceAll('_', ' ').toLowerCase();
    throw new InputError(`line ${error.lines}: not CSV: ${objection}; expected ${expected}`);
  }
}
