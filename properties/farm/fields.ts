import * as z from 'zod';
import { parseStrict } from '../../model/format/strict-json.ts';
import { InputError } from '../../model/input-error.ts';

/** What comes from a queue is foreign input: types, ranges and sizes, each with its bound. */

export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const error = `expected an integer from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** @param longest in UTF-16 code units. */
export function text(longest: number) {
  const error = `expected a string of at most ${longest} characters`;
  return z.string({ error }).max(longest, { error });
}

export function hexadecimal(digits: number) {
  const error = `expected ${digits} hexadecimal digits`;
  return z.string({ error }).regex(new RegExp(`^[0-9a-f]{${digits}}$`), { error });
}

export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, { error: `expected one of ${words.join(', ')}` });
}

export function list<Item extends z.ZodType>(item: Item, most: number) {
  const error = `expected a list of at most ${most}`;
  return z.array(item, { error }).max(most, { error });
}

/** An object with these fields and no others. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: `expected an object with ${Object.keys(shape).join(', ')}` });
}

/**
 * Parses a text of bounded length, as strictly as a file.
 *
 * @param place what the text is, for the message.
 * @throws InputError with one line.
 */
export function json(source: string, longest: number, place: string): unknown {
  if (source.length > longest) {
    throw new InputError(`${place}: expected at most ${longest} characters, got ${source.length}`);
  }
  return parseStrict(source, place);
}
