import { getUnsafeNumberReason, parse as parseLossless } from 'lossless-json';
import { InputError } from '../input-error.ts';
import { placeIn } from './place.ts';
import { showText } from './show.ts';

const DEEPEST = 64;

/**
 * Reads JSON in which nothing is silently lost. Where `JSON.parse` would keep the last of two equal keys, round an
 * integer, turn 1e400 into Infinity or hand over a `__proto__`, this refuses.
 *
 * @param place what the message begins with, such as `line 5`.
 * @throws InputError with one line that says what is wrong, and where.
 */
export function parseStrict(text: string, place: string): unknown {
  refuseDeepNesting(text, place);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${place}: ${whyNotJson(text)}`);
  }
  // What prints as it was read has lost nothing on the way. Doubtful keys and integers also print as they were read, so
  // they take the slow path, and so does text with spaces in it.
  if (DOUBTFUL.test(text) || JSON.stringify(value) !== text) refuseLoss(text, place);
  return value;
}

const DOUBTFUL = /__proto__|\d{16}|e\+/;

/** Comes before everything that recurses: `JSON.stringify` overflows the stack at a few thousand levels. */
function refuseDeepNesting(text: string, place: string): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfString(text, i);
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (++depth > DEEPEST) {
          throw new InputError(
            `${place}: nested deeper than ${DEEPEST} levels (${placeIn(text, i)}); nothing in this format is`,
          );
        }
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth--;
    }
  }
}

/**
 * Looks for what `JSON.parse` has dropped. The text is known to be JSON, so a string before a colon is a key, and
 * whatever begins with a digit or a minus outside a string is a number. (lossless-json lets a second key of the
 * same name pass when the values are equal: here that is refused too.)
 */
function refuseLoss(text: string, place: string): void {
  const keysOfOpenObjects: Set<string>[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      const end = endOfString(text, i);
      if (isKey(text, end)) refuseKey({ text, start: i, end: end + 1, place }, keysOfOpenObjects.at(-1)!);
      i = end;
    } else if (code === OPEN_BRACE) {
      keysOfOpenObjects.push(new Set());
    } else if (code === CLOSE_BRACE) {
      keysOfOpenObjects.pop();
    } else if (code === MINUS || isDigit(code)) {
      const start = i;
      while (isInNumber(text.charCodeAt(i + 1))) i++;
      refuseNumber({ text, start, end: i + 1, place });
    }
  }
}

/** A key or a number where it stands. The place in words is looked for only when it is told: that reads all before it. */
interface Literal {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What a message begins with. */
  readonly place: string;
}

function refuseKey({ text, start, end, place }: Literal, keys: Set<string>): void {
  const literal = text.slice(start, end);
  const key = JSON.parse(literal) as string;
  if (key === '__proto__') {
    throw new InputError(`${place}: the key "__proto__" (${placeIn(text, start)}) is not allowed`);
  }
  if (keys.has(key)) {
    throw new InputError(
      `${place}: the key ${showText(literal)} occurs twice in one object (${placeIn(text, start)})`,
    );
  }
  keys.add(key);
}

function refuseNumber({ text, start, end, place }: Literal): void {
  const objection = objectionToNumber(text.slice(start, end));
  if (objection === null) return;
  const shown = `${showText(text.slice(start, end))} (${placeIn(text, start)})`;
  throw new InputError(`${place}: ${shown} ${objection}`);
}

/** What is lost when a number is read, or null. */
function objectionToNumber(literal: string): string | null {
  const value = Number(literal);
  if (!Number.isFinite(value)) {
    return `is too large for a number; integers go to ${Number.MAX_SAFE_INTEGER}`;
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return `is beyond ${Number.MAX_SAFE_INTEGER}, the largest integer that is read exactly`;
  }
  if (Object.is(value, -0)) return 'is a negative zero; write 0';
  return getUnsafeNumberReason(literal) === undefined
    ? null
    : `would be read as ${value}; only integers are expected here`;
}

/**
 * Why a text is not JSON, in words that do not depend on the version of Node. The library's parser recurses, but the
 * nesting is known to be shallow.
 */
function whyNotJson(text: string): string {
  if (text.trim() === '') return 'expected JSON, got an empty line';
  const named = /(?<![\w"])(?:-?Infinity|NaN|undefined|None|True|False)(?![\w"])/.exec(text);
  try {
    parseLossless(text, null, Number);
  } catch (error) {
    const objection = /^(.*?)\s*at position (\d+)$/s.exec(error instanceof Error ? error.message : '');
    const column = Number(objection?.[2] ?? 0) + 1;
    if (endsInsideString(text) || WORDS.some((word) => word.startsWith(text.slice(column - 1)))) {
      const unit = text.trimEnd().includes('\n') ? 'text' : 'line';
      return `not JSON: the ${unit} ends in the middle of a value, after ${placeIn(text, text.length - 1)}; it looks truncated`;
    }
    if (named !== null && named.index <= column)
      return `not JSON: ${named[0]} (${placeIn(text, named.index)}) is no JSON value`;
    return `not JSON: ${describe(objection?.[1] ?? '')} (${placeIn(text, column - 1)})`;
  }
  return 'not JSON';
}

const WORDS = ['true', 'false', 'null'];

function describe(objection: string): string {
  const plain = objection.replaceAll("'\"'", 'a quotation mark');
  return showText(plain.replace(/^[A-Z](?=[a-z])/, (initial) => initial.toLowerCase()));
}

function endsInsideString(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== QUOTE) continue;
    i = endOfString(text, i);
    if (i === text.length) return true;
  }
  return false;
}

/** The index of the quotation mark that closes the string opened at `start`, or the length of the text. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i++;
  }
  return text.length;
}

function isKey(text: string, endOfLiteral: number): boolean {
  let i = endOfLiteral + 1;
  while (isSpace(text.charCodeAt(i))) i++;
  return text.charCodeAt(i) === COLON;
}

const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isInNumber(code: number): boolean {
  return isDigit(code) || code === DOT || code === PLUS || code === MINUS || code === 0x45 || code === 0x65;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
