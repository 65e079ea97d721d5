import { printable } from '../../model/printable.ts';

const LONGEST_SHOWN = 80;

/** A text in quotation marks for an error message: one line, at most 80 characters, control characters escaped. */
export function show(text: string): string {
  const quoted = printable(JSON.stringify(text.slice(0, LONGEST_SHOWN)));
  const isWhole = text.length <= LONGEST_SHOWN && quoted.length <= LONGEST_SHOWN;
  return isWhole ? quoted : `${quoted.slice(0, LONGEST_SHOWN - 3)}...`;
}
