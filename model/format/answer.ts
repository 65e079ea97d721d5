import * as z from 'zod';
import type { Decision } from '../alphabet.ts';
import { InputError } from '../input-error.ts';
import { check } from './check.ts';
import { decisionSchema } from './schemas.ts';
import { show } from './show.ts';
import { parseStrict } from './strict-json.ts';

/** What a scheduler that speaks lines says to a stimulus: what it decides, or why the stimulus is not possible. */
export type Answer = { readonly decisions: Decision[] } | { readonly impossible: string };

const EXPECTED = 'expected a list of decisions or {"impossible": "why"}';

const decisionsSchema = z.array(decisionSchema, { error: EXPECTED });

const impossibleSchema = z.strictObject({ impossible: z.string() });

/** An answer, for JSON Schemas: {@link readAnswer} says more when it is none. */
export const answerSchema = z.union([decisionsSchema, impossibleSchema]);

/**
 * Reads an answer as strictly as a line of a trace: what is accepted here can be written into one and read again.
 *
 * @param text one line, without its end.
 * @throws InputError with one line that names the place in the answer, the value and what was expected.
 */
export function readAnswer(text: string): Answer {
  const value = parseStrict(text, 'the answer');
  if (Array.isArray(value)) return { decisions: check(decisionsSchema, value, 'the answer') };
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [[key, reason] = [], ...others] = fields;
  if (key === 'impossible' && typeof reason === 'string' && others.length === 0)
    return { impossible: reason };
  throw new InputError(`the answer: ${EXPECTED}, got ${show(value)}`);
}
