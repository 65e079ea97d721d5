import { printable } from '../printable.ts';

const LONGEST_SHOWN = 80;

/** Text for an error message: one line, at most 80 characters, and nothing in it that a terminal would act on. */
export function showText(text: string): string {
  const clipped = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
  const escaped = printable(clipped);
  return escaped.length > LONGEST_SHOWN ? `${escaped.slice(0, LONGEST_SHOWN - 3)}...` : escaped;
}

/** A value that came from JSON, as an error message shows it: `"text"`, `-3`, `[1,2]`, or `nothing` if absent. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return showText(JSON.stringify(value.slice(0, LONGEST_SHOWN)));
  return showText(JSON.stringify(value));
}
