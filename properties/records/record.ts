import { z } from 'zod';
import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { check } from '../../model/format/check.ts';
import { checkOrder } from '../../model/format/lines.ts';
import { checkReferences } from '../../model/format/references.ts';
import { configurationSchema, timedStimulusSchema } from '../../model/format/schemas.ts';
import { show } from '../../model/format/show.ts';
import { parseStrict } from '../../model/format/strict-json.ts';
import { inOrder, stimulusLine } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';

/** A finding that is kept: everything that is needed to see it again, and where it came from. */
export interface CounterexampleRecord {
  readonly property: PropertyId;
  /** The rule that refused the step; null when the property is judged by other means. */
  readonly rule: string | null;
  /** The step that is wrong, counted from 1 (`boot`). */
  readonly step: number;
  readonly entity: string;
  /** The verdict, with the numbers that decide. */
  readonly message: string;
  /** What the scheduler that failed is called, or the command that runs it. */
  readonly scheduler: string;
  /** Of the property and the shape of the scenario: eight hexadecimal digits. */
  readonly fingerprint: string;
  readonly origin: Origin;
  readonly scenario: Scenario;
}

/** Where a record came from. Nothing of it is needed to play the scenario again. */
export interface Origin {
  /** Of this package. */
  readonly version: string;
  /** Of the directory in which the campaign ran; null outside of version control. */
  readonly commit: string | null;
  readonly node: string;
  readonly seed: number;
  /** The run of the campaign, counted from 1; 0 for a scenario of the corpus. */
  readonly run: number;
  /** Of its scenario before it was shrunk. */
  readonly stepsBeforeShrinking: number;
}

const FORMAT = 'xx-counterexample';
const VERSION = 1;

/** The text of a record: JSON with a stimulus a line, so that people and `diff` can read it. */
export function recordText(record: CounterexampleRecord): string {
  const { property, rule, step, entity, message, scheduler, fingerprint, origin, scenario } = record;
  const head = { format: FORMAT, version: VERSION, property, rule, step, entity, message, scheduler };
  const fields = Object.entries({ ...head, fingerprint, origin, config: inOrder(scenario.config) });
  const stimuli = scenario.stimuli.map((timed) => `    ${stimulusLine(timed)}`).join(',\n');
  return `{\n${fields
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
    .join('')}  "stimuli": [\n${stimuli}\n  ]\n}\n`;
}

/** Whether a text means to be a record: a quick look, before it is read in earnest. */
export function looksLikeRecord(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"xx-counterexample"/.test(text);
}

/**
 * Reads a record.
 *
 * @throws InputError with one line that names the place, the value and what was expected.
 */
export function readRecord(text: string): CounterexampleRecord {
  const value = parseStrict(text, 'the record');
  refuseForeign(value);
  const { config, stimuli, format, version, ...rest } = check(schema, value, 'the record');
  checkStimuli(config, stimuli);
  const { property, step } = rest;
  if (!isProperty(property)) {
    throw new InputError(`the record: property: there is no property ${show(property)} in this version`);
  }
  if (step > stimuli.length + 1) {
    throw new InputError(
      `the record: step: expected at most ${stimuli.length + 1}, since it has ${stimuli.length} stimuli, got ${step}`,
    );
  }
  return { ...rest, property, scenario: { config, stimuli } };
}

function refuseForeign(value: unknown): void {
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (format !== FORMAT) {
    throw new InputError(`the record: format: expected ${show(FORMAT)}, got ${show(format)}`);
  }
  if (version !== VERSION) {
    const known = `expected ${VERSION}, the only one that this program reads`;
    throw new InputError(`the record: version: ${known}, got ${show(version)}`);
  }
}

function checkStimuli(config: Configuration, stimuli: readonly TimedStimulus[]): void {
  let previousAt: number | undefined;
  for (const [index, timed] of stimuli.entries()) {
    const place = `the record: stimuli[${index}]`;
    checkOrder(timed, previousAt, place);
    checkReferences(timed.stimulus, config, place);
    previousAt = timed.at;
  }
}

function isProperty(id: string): id is PropertyId {
  return CATALOGUE.some((property) => property.id === id);
}

const text = z.string({ error: 'expected a string' });
const textOrNull = text.nullable();
const whole = (least: number) => {
  const error = `expected an integer from ${least}`;
  return z.int({ error }).min(least, { error });
};

const fields = 'property, rule, step, entity, message, scheduler, fingerprint, origin, config, stimuli';

const schema = z.strictObject(
  {
    format: text,
    version: whole(1),
    property: text,
    rule: textOrNull,
    step: whole(1),
    entity: text,
    message: text,
    scheduler: text,
    fingerprint: text.regex(/^[0-9a-f]{8}$/, { error: 'expected eight hexadecimal digits' }),
    origin: z.strictObject(
      {
        version: text,
        commit: textOrNull,
        node: text,
        seed: whole(0),
        run: whole(0),
        stepsBeforeShrinking: whole(1),
      },
      { error: 'expected an object with version, commit, node, seed, run, stepsBeforeShrinking' },
    ),
    config: configurationSchema,
    stimuli: z
      .array(timedStimulusSchema, { error: 'expected a list of stimuli' })
      .min(1, { error: 'expected at least one stimulus, which boots' }),
  },
  { error: `expected an object with ${fields}` },
);
