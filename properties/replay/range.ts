import { InputError } from '../../model/input-error.ts';

/** Which steps of a replay are shown. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the command line says of it. */
export interface RangeOptions {
  readonly from?: number;
  readonly to?: number;
  readonly all?: boolean;
}

/** Longer replays are shown only around the step that fails, unless somebody asks for more. */
export const LONGEST_SHOWN_WHOLE = 20;
/** How many steps of such a replay are shown. */
export const AROUND_FAILURE = 10;

/**
 * The steps to show to people: those that were asked for; else all of a short replay, and of a long one those around the
 * step that fails, or the last ones when none does.
 *
 * @param last the last step that was played.
 * @param failing the step that fails; null when none does.
 */
export function rangeOf(options: RangeOptions, last: number, failing: number | null): Range {
  const asked = askedRange(options);
  if (asked !== null) return asked;
  if (options.all === true || last <= LONGEST_SHOWN_WHOLE) return EVERYTHING;
  const from = Math.max(1, Math.min((failing ?? last) - AROUND_FAILURE / 2, last - AROUND_FAILURE + 1));
  return { from, to: from + AROUND_FAILURE - 1 };
}

/** The steps that were asked for; null when none were. */
export function askedRange({ from, to }: RangeOptions): Range | null {
  if (from === undefined && to === undefined) return null;
  return { from: from ?? 1, to: to ?? Number.POSITIVE_INFINITY };
}

export const EVERYTHING: Range = { from: 1, to: Number.POSITIVE_INFINITY };

export function isWithin({ from, to }: Range, step: number): boolean {
  return step >= from && step <= to;
}

/** @throws InputError when nothing is between the steps that are to be shown. */
export function refuseRange({ from, to }: RangeOptions): void {
  if (from !== undefined && to !== undefined && to < from) {
    throw new InputError(`--from: expected at most --to (${to}), got ${from}`);
  }
}

/**
 * @param which the only file that is replayed, or the longest of them in words.
 * @param most how many steps it has.
 * @throws InputError when it has not the steps that are to be shown.
 */
export function refuseBeyond({ from }: RangeOptions, which: string, most: number): void {
  if (from === undefined || from <= most) return;
  throw new InputError(`--from: ${which} ends with step ${most}, so there is no step ${from} to show`);
}
