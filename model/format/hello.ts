import { z } from 'zod';
import type { PartId } from '../alphabet.ts';
import { check } from './check.ts';
import { label, partsSchema } from './schemas.ts';
import { parseStrict } from './strict-json.ts';

/** What a process says of itself before its first answer, if it says anything. */
export interface Hello {
  /** What it is called, for people. */
  readonly hello: string;
  /** The parts of XX that it lacks; absent: none. */
  readonly without?: readonly PartId[];
}

export const helloSchema = z.strictObject(
  {
    hello: label,
    without: partsSchema.exactOptional(),
  },
  { error: 'expected an object with hello, without' },
);

/**
 * Reads the hello of a process, `{"hello": "mine", "without": ["idle-lists"]}`.
 *
 * @param text one line, without its end.
 * @throws InputError with one line that names the place in it, the value and what was expected.
 */
export function readHello(text: string): Hello {
  return check(helloSchema, parseStrict(text, 'the hello'), 'the hello');
}
