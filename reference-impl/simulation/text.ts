import { printable } from '../../model/printable.ts';
import { wrapped } from '../text.ts';

/** How figures and prose are written for people. */

const LONGEST_NAME = 14;

/** A table of cli-table3 without rules. */
export const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

export function seconds(ms: number): string {
  return ms < 1000 ? `${short(ms)} ms` : `${short(ms / 1000)} s`;
}

/** A GB is 1,000 MB here, as disks are sold. */
export function gbOf(mb: number): number {
  return mb / 1000;
}

/** An amount of memory: a GB or more in GB. */
export function memory(mb: number): string {
  return mb < 1000 ? `${short(mb)} MB` : `${short(gbOf(mb))} GB`;
}

/** Three digits or so, which is what such a figure is good for. */
export function short(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return String(Math.round(value));
  if (value >= 99.5) return '100';
  return value.toPrecision(3);
}

export function percent(part: number): string {
  return `${(100 * part).toFixed(0)} %`;
}

export function listed(items: readonly string[]): string {
  return items.length <= 1 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/**
 * Text from outside as a field of CSV: its controls are escaped, as everywhere, since a table ends on terminals as well and
 * many readers take a line break for the end of a row whatever RFC 4180 says; then it is quoted as that wants it.
 */
export function csvField(text: string): string {
  const shown = printable(text);
  return /[",]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** A name from outside, in few characters that can all be seen. */
export function clip(written: string, longest = LONGEST_NAME): string {
  const name = printable(written);
  return name.length <= longest ? name : `${name.slice(0, longest - 1)}…`;
}

/** Prose in lines of at most 80 columns, as one text. */
export function wrap(text: string): string {
  return wrapped(text).join('\n');
}
