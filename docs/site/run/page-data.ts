import { Inflate } from 'fflate';
import * as z from 'zod';
import type { Decision } from '../../../model/alphabet.ts';
import { check } from '../../../model/format/check.ts';
import { checkOrder } from '../../../model/format/lines.ts';
import { checkReferences } from '../../../model/format/references.ts';
import { configurationSchema, decisionSchema, timedStimulusSchema } from '../../../model/format/schemas.ts';
import { InputError } from '../../../model/input-error.ts';
import { RULE_IDS } from '../../../model/rules/rule-set.ts';
import { CATALOGUE, type PropertyId } from '../../../properties/catalogue.ts';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';

/**
 * What a page is given or a link brings along, checked as the command line checks its files: anybody may have written
 * it, or cut it off.
 *
 * @throws InputError that names the place, what was expected and what is there.
 */
export function readPageData(value: unknown): PageData {
  const { scenario, ...rest } = check(pageSchema, value, 'the data of the page');
  let previousAt: number | undefined;
  for (const [index, timed] of scenario.stimuli.entries()) {
    const place = `stimuli[${index}]`;
    checkOrder(timed, previousAt, place);
    checkReferences(timed.stimulus, scenario.config, place);
    previousAt = timed.at;
  }
  const { range } = rest;
  const { length } = scenario.stimuli;
  if (range !== null && (range.from > length || range.to < range.from)) {
    throw new InputError(`range: expected steps from 1 to ${length}, got ${range.from} to ${range.to}`);
  }
  return { ...rest, scenario, range: range === null ? null : { ...range, to: Math.min(range.to, length) } };
}

/**
 * The decisions of a run, a list a step, null for a step that was left out.
 *
 * @param deflated as JSON, in base 64.
 * @throws InputError as {@link readPageData}.
 */
export function readDecisions(deflated: string): (Decision[] | null)[] {
  return check(decisionsSchema, parsed(inflatedText(deflated), 'the decisions'), 'the decisions');
}

/** No page has more than this to say; what claims to, in a few kB, would only fill the memory. */
const MOST_BYTES = 256_000_000;
const PIECE = 16_384;

/**
 * The text of what was deflated and written in base 64.
 *
 * @param mostBytes that it may have.
 * @throws InputError when it was not, or is too much.
 */
export function inflatedText(base64: string, mostBytes: number = MOST_BYTES): string {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  const inflate = new Inflate((piece) => {
    length += piece.length;
    if (length > mostBytes) throw new InputError(`more than ${mostBytes / 1e6} MB come out of it`);
    text += decoder.decode(piece, { stream: true });
  });
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    for (let from = 0; from < bytes.length; from += PIECE) {
      inflate.push(bytes.subarray(from, from + PIECE), from + PIECE >= bytes.length);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('it is not whole: some of it is missing, or was changed');
  }
  return text + decoder.decode();
}

/** JSON. @throws InputError when it is none. */
export function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${what}: expected JSON, and it is cut off or was changed`);
  }
}

const text = z.string({ error: 'expected a string' });
const flag = z.boolean({ error: 'expected true or false' });
const step = z.int({ error: 'expected a step' }).min(1, { error: 'expected a step' });
const property = z
  .string({ error: 'expected a property' })
  .refine((id) => CATALOGUE.some((known) => known.id === id), {
    error: 'expected a property that this page knows',
  }) as unknown as z.ZodType<PropertyId>;
const rule = z.enum(RULE_IDS, { error: 'expected a rule that this page knows' });

const wrong = { property, entity: text, message: text };
const finding = z.strictObject(
  { ...wrong, step, rule: z.nullable(rule), falls: z.array(z.strictObject(wrong)) },
  { error: 'expected null or an object with property, rule, falls, step, entity, message' },
);

const player = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('scheduler'), name: text }),
    z.strictObject({ type: z.literal('decisions'), name: text, deflated: text, endsUnjudged: flag }),
  ],
  { error: 'expected a player: an object with type and its fields' },
);

const stimuli = z
  .array(timedStimulusSchema, { error: 'expected a list of stimuli' })
  .min(1, { error: 'expected at least one stimulus, which boots' });

const pageSchema: z.ZodType<PageData> = z.strictObject(
  {
    file: text,
    about: text.exactOptional(),
    scenario: z.strictObject(
      { config: configurationSchema, stimuli },
      { error: 'expected an object with config and stimuli' },
    ),
    player,
    properties: z.array(property, { error: 'expected a list of properties' }),
    leavesOut: flag,
    told: z.nullable(finding),
    range: z.nullable(z.strictObject({ from: step, to: step })),
  },
  { error: 'expected an object with file, scenario, player, properties, leavesOut, told, range' },
);

const decisionsSchema = z.array(
  z.nullable(z.array(decisionSchema, { error: 'expected null or a list of decisions' })),
  { error: 'expected a list of decisions for each step' },
);
