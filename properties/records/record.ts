import { z } from 'zod';
import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import type { BoundedInstance } from '../../model/explore/instance.ts';
import { refuseByteOrderMark } from '../../model/format/byte-order-mark.ts';
import { check } from '../../model/format/check.ts';
import { checkOrder } from '../../model/format/lines.ts';
import { lineAt } from '../../model/format/place.ts';
import { checkReferences } from '../../model/format/references.ts';
import { configurationSchema, partsSchema, timedStimulusSchema } from '../../model/format/schemas.ts';
import { show } from '../../model/format/show.ts';
import { parseStrict } from '../../model/format/strict-json.ts';
import { inOrder, stimulusLine } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { fingerprintOf } from '../campaign/fingerprint.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';

/** A finding that is kept: everything that is needed to see it again, and where it came from. */
export interface CounterexampleRecord {
  readonly property: PropertyId;
  /**
   * Whether that property alone was judged, whatever else is wrong in the scenario. Otherwise everything was, and it is
   * the first that was refused.
   */
  readonly alone?: true;
  /** Whether it failed once, and not when the same scenario was played again. */
  readonly onlyOnce?: true;
  /** Properties beyond the rules that are violated as well in the state that the refused step leads to; absent if none is. */
  readonly falls?: readonly PropertyId[];
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
export type Origin = CampaignOrigin | ExplorationOrigin;

/** What was at work when something was found. */
export interface Workshop {
  /** Of this package. */
  readonly version: string;
  /** Of the directory in which it was found; null outside of version control. */
  readonly commit: string | null;
  readonly node: string;
}

/** A campaign found it, in a scenario that it had drawn. */
export interface CampaignOrigin extends Workshop {
  readonly seed: number;
  /** The run of the campaign, counted from 1; 0 for a scenario of the corpus. */
  readonly run: number;
  /** Of its scenario before it was shrunk. */
  readonly stepsBeforeShrinking: number;
}

/** An exploration found it, by a shortest path of this instance. */
export interface ExplorationOrigin extends Workshop {
  readonly instance: BoundedInstance;
}

/** Whether an exploration found it. */
export function isOfExploration(origin: Origin): origin is ExplorationOrigin {
  return 'instance' in origin;
}

/** What was found, as it is kept. */
export function recordOf(
  { property, rule, step, entity, message, falls }: Finding,
  scenario: Scenario,
  {
    scheduler,
    origin,
    alone,
    onlyOnce,
  }: Pick<CounterexampleRecord, 'scheduler' | 'origin' | 'onlyOnce'> & { alone: boolean },
): CounterexampleRecord {
  const fingerprint = fingerprintOf(property, scenario);
  return {
    property,
    ...(alone ? { alone } : {}),
    ...(onlyOnce ? { onlyOnce } : {}),
    ...(falls.length > 0 ? { falls: falls.map((fallen) => fallen.property) } : {}),
    ...{ rule, step, entity, message, scheduler, fingerprint, origin, scenario },
  };
}

const FORMAT = 'xx-counterexample';
const VERSION = 1;

/** The text of a record: JSON with a stimulus a line, so that people and `diff` can read it. */
export function recordText(record: CounterexampleRecord): string {
  const { property, alone, onlyOnce, falls, rule, step, entity, message, scheduler } = record;
  const { fingerprint, origin, scenario } = record;
  const head = {
    format: FORMAT,
    version: VERSION,
    property,
    alone,
    onlyOnce,
    falls,
    rule,
    step,
    entity,
    message,
  };
  const fields = Object.entries({
    ...{ ...head, scheduler, fingerprint, origin },
    config: inOrder(scenario.config),
  }).filter(([, value]) => value !== undefined);
  const stimuli = scenario.stimuli.map((timed) => `    ${stimulusLine(timed)}`).join(',\n');
  return `{\n${fields
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${printableJson(value)},\n`)
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
  refuseByteOrderMark(text, 'the record: line 1');
  const value = parseStrict(text, 'the record');
  refuseForeign(value);
  const { config, stimuli, format, version, ...rest } = check(
    schemaOf(value),
    value,
    (path) => `the record: line ${lineAt(text, path)}`,
  );
  checkStimuli(text, config, stimuli);
  const { property, step, falls, alone, onlyOnce, ...fields } = rest;
  const known = knownProperty(text, property, 'property');
  if (step > stimuli.length + 1) {
    throw new InputError(
      `the record: line ${lineAt(text, ['step'])}: step: expected at most ${stimuli.length + 1}, since it has ${stimuli.length} stimuli, got ${step}`,
    );
  }
  return {
    property: known,
    ...(alone === undefined ? {} : { alone }),
    ...(onlyOnce === undefined ? {} : { onlyOnce }),
    ...(falls === undefined ? {} : { falls: falls.map((id) => knownProperty(text, id, 'falls')) }),
    ...{ ...fields, step, scenario: { config, stimuli } },
  };
}

function knownProperty(source: string, id: string, place: string): PropertyId {
  if (isProperty(id)) return id;
  throw new InputError(
    `the record: line ${lineAt(source, [place])}: ${place}: there is no property ${show(id)} in this version`,
  );
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

function checkStimuli(source: string, config: Configuration, stimuli: readonly TimedStimulus[]): void {
  let previousAt: number | undefined;
  for (const [index, timed] of stimuli.entries()) {
    const place = `stimuli[${index}]`;
    try {
      checkOrder(timed, previousAt, place);
      checkReferences(timed.stimulus, config, place);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(`the record: line ${lineAt(source, ['stimuli', index])}: ${error.message}`);
    }
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

const workshop = { version: text, commit: textOrNull, node: text };

const campaignOrigin: z.ZodType<CampaignOrigin> = z.strictObject(
  { ...workshop, seed: whole(0), run: whole(0), stepsBeforeShrinking: whole(1) },
  {
    error:
      'expected an object with version, commit, node and either seed, run, stepsBeforeShrinking or instance',
  },
);

const upTo = z.array(whole(0), { error: 'expected a list of MB' });
const flag = z.boolean({ error: 'expected true or false' });

/** Every field that an instance may have: an exploration writes them all, and what it writes is read. */
const instanceFields = {
  invocations: whole(1),
  machines: whole(1),
  cores: whole(1),
  ram: whole(1),
  swap: whole(0),
  maxDemand: whole(1),
  maxAge: whole(0),
  prices: z.array(whole(1), { error: 'expected a list of prices' }).min(1, { error: 'expected a price' }),
  enter: whole(0),
  leave: whole(0),
  memoryDrift: whole(1),
  functionsDrift: whole(1),
  initialMemory: whole(1),
  shards: whole(1),
  kMachines: whole(1),
  kShards: whole(1),
  calls: flag,
  shrink: flag.exactOptional(),
  antagonists: upTo.exactOptional(),
  paging: z
    .strictObject(
      { chunk: whole(1), reserve: whole(1) },
      { error: 'expected an object with chunk and reserve' },
    )
    .exactOptional(),
  crashes: whole(0).exactOptional(),
  drains: whole(0).exactOptional(),
  joins: whole(0).exactOptional(),
  restarts: whole(0).exactOptional(),
  maxAttempts: whole(1).exactOptional(),
  budget: z
    .strictObject(
      { amount: whole(0), period: whole(1), burstPercent: whole(0) },
      { error: 'expected an object with amount, period and burstPercent' },
    )
    .exactOptional(),
  memoryPrice: whole(0).exactOptional(),
  maxMetered: whole(0).exactOptional(),
  without: partsSchema.exactOptional(),
} satisfies Record<keyof BoundedInstance, z.ZodType>;

/** A hint, like all of an origin: it is not checked whether such a cluster exists. */
const instance: z.ZodType<BoundedInstance> = z.strictObject(instanceFields, {
  error: 'expected an object with the sizes of a bounded instance',
});

const explorationOrigin: z.ZodType<ExplorationOrigin> = z.strictObject(
  { ...workshop, instance },
  { error: 'expected an object with version, commit, node, instance' },
);

/** The schema for what is read: an origin with an instance is an exploration's. */
function schemaOf(value: unknown) {
  const { origin } = (typeof value === 'object' && value !== null ? value : {}) as { origin?: unknown };
  const isExploration = typeof origin === 'object' && origin !== null && 'instance' in origin;
  return recordSchema(isExploration ? explorationOrigin : campaignOrigin);
}

function recordSchema(origin: z.ZodType<Origin>) {
  return z.strictObject(
    {
      format: text,
      version: whole(1),
      property: text,
      alone: z.literal(true, { error: 'expected true, or no such field' }).optional(),
      onlyOnce: z.literal(true, { error: 'expected true, or no such field' }).optional(),
      falls: z.array(text, { error: 'expected a list of properties' }).optional(),
      rule: textOrNull,
      step: whole(1),
      entity: text,
      message: text,
      scheduler: text,
      fingerprint: text.regex(/^[0-9a-f]{8}$/, { error: 'expected eight hexadecimal digits' }),
      origin,
      config: configurationSchema,
      stimuli: z
        .array(timedStimulusSchema, { error: 'expected a list of stimuli' })
        .min(1, { error: 'expected at least one stimulus, which boots' }),
    },
    { error: `expected an object with ${fields}` },
  );
}
