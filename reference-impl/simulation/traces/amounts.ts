import { InputError } from '../../../model/input-error.ts';
import { show } from '../../io/show.ts';

/** The largest duration, amount of memory or number of samples that is read: nothing real is larger. */
const MOST = 1e12;
/** No function is invoked more than 1.6 million times a second. */
const MOST_A_MINUTE = 100_000_000;
const ZERO = 48;

/**
 * A number of invocations. A day has millions of them, nearly all of one digit.
 *
 * @throws InputError with one line that begins with the place.
 */
export function readCount(text: string, place: () => string): number {
  if (text.length === 1) {
    const digit = text.charCodeAt(0) - ZERO;
    if (digit >= 0 && digit <= 9) return digit;
  }
  const value = numberIn(text);
  if (value <= MOST_A_MINUTE && Number.isInteger(value)) return value;
  throw new InputError(`${place()}: expected a whole number from 0 to ${MOST_A_MINUTE}, got ${show(text)}`);
}

/** A decimal of at least 0. Throws like {@link readCount}. */
export function readAmount(text: string, place: () => string): number {
  const value = numberIn(text);
  if (value <= MOST) return value;
  throw new InputError(`${place()}: expected a number from 0 to ${MOST}, got ${show(text)}`);
}

function numberIn(text: string): number {
  return /^\s*\d+(\.\d+)?([eE]\+?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
}
