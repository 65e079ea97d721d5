import * as z from 'zod';
import type { Configuration } from '../configuration.ts';
import { InputError } from '../input-error.ts';
import { check } from './check.ts';
import { configurationSchema } from './schemas.ts';
import { show } from './show.ts';

/** What a file of JSON lines is: a scenario has stimuli, a trace has the decisions that answer them as well. */
export type Format = 'xx-scenario' | 'xx-trace';

export const FORMAT_VERSION = 1;

const OTHER: Record<Format, string> = {
  'xx-scenario':
    'this is a scenario, and a trace was expected: play it first, as in `xx run FILE | xx judge -`',
  'xx-trace':
    'this is a trace, and a scenario was expected: `xx judge FILE` judges it; without its decisions it is a scenario',
};

/**
 * Reads a header that has been parsed: `{"format": "xx-trace", "version": 1, "config": {…}}`.
 *
 * @param accepted the formats that will do.
 * @param onUnobserved takes what the file leaves out; without it a file that leaves something out is refused.
 * @throws InputError when it is not a header, is of another format or version, or has a configuration that is not valid.
 */
export function readHeader(
  value: unknown,
  accepted: readonly Format[],
  place: string,
  onUnobserved?: (words: readonly string[], config: Configuration, place: string) => void,
): { format: Format; config: Configuration } {
  const expected = `the header {"format":"${accepted[0]}","version":${FORMAT_VERSION},"config":{...}}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${place}: expected ${expected}, got ${show(value)}`);
  }
  const { format, version } = value as Record<string, unknown>;
  if (format === undefined) {
    const got = 'stimulus' in value ? 'a step: is the first line missing?' : show(value);
    throw new InputError(`${place}: expected ${expected}, got ${got}`);
  }
  if (format === 'xx-node') {
    throw new InputError(
      `${place}: format: this is the log of one node; name the logs of all nodes, as in \`xx judge shard-*.jsonl machine-*.jsonl\` (docs/logs.md)`,
    );
  }
  if (format !== 'xx-scenario' && format !== 'xx-trace') {
    throw new InputError(
      `${place}: format: expected ${accepted.map(show).join(' or ')}, got ${show(format)}`,
    );
  }
  if (!accepted.includes(format)) throw new InputError(`${place}: format: ${OTHER[format]}`);
  if (version !== FORMAT_VERSION) {
    const known = `expected ${FORMAT_VERSION}, the only one that this program reads`;
    throw new InputError(`${place}: version: ${known}, got ${show(version)}`);
  }
  if (onUnobserved === undefined) {
    if ('unobserved' in value) throw new InputError(`${place}: unobserved: ${NOT_WHOLE}`);
    const { config } = check(headerSchema, value, place);
    return { format, config };
  }
  const { config, unobserved } = check(logHeaderSchema, value, place);
  onUnobserved(unobserved ?? [], config, place);
  return { format, config };
}

const headerSchema = z.strictObject(
  { format: z.string(), version: z.number(), config: configurationSchema },
  { error: 'expected an object with format, version, config' },
);

/** A header of one format, for JSON Schemas: {@link readHeader} says more when it is not one. */
export function headerSchemaOf(format: Format) {
  return headerSchema.extend({ format: z.literal(format), version: z.literal(FORMAT_VERSION) });
}
const NOT_WHOLE = 'this log is not whole, and only `xx judge FILE` judges such logs (docs/logs.md)';

/** Of a log that may not be whole. */
const logHeaderSchema = z.strictObject(
  {
    format: z.string(),
    version: z.number(),
    config: configurationSchema,
    unobserved: z
      .array(z.string({ error: 'expected a word' }), { error: 'expected a list of what the log leaves out' })
      .exactOptional(),
  },
  { error: 'expected an object with format, version, config, unobserved' },
);
