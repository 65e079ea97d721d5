import * as z from 'zod';
import { PART_IDS, type TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { check } from '../../model/format/check.ts';
import { checkOrder } from '../../model/format/lines.ts';
import { checkReferences } from '../../model/format/references.ts';
import { configurationSchema, timedStimulusSchema } from '../../model/format/schemas.ts';
import { RULE_IDS } from '../../model/rules/rule-set.ts';
import type { BlockResult, Failure } from '../campaign/block.ts';
import { FEATURES } from '../campaign/features.ts';
import { type Sightings, sightingsOfPart, sightingsPartOf } from '../campaign/sightings.ts';
import type { Prefix } from '../campaign/stretch.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type CampaignTally, emptyCampaignTally } from '../play/tally.ts';
import { fields, json, list, oneOf, text, whole } from './fields.ts';

/** What goes through a queue, as texts; and what is read from it, checked field by field. */

/** What a job is: a stretch of a campaign. */
export interface StretchJob {
  /** Number of its first block in the campaign. */
  readonly block: number;
  /** How many runs it has. */
  readonly count: number;
  /** What is covered already, a bit a feature, if what covers something else is wanted. */
  readonly known?: Uint8Array;
}

/** Larger results are not read: one has a few scenarios, of some kB each, and counters. */
export const LONGEST_RESULT = 16 * 1024 * 1024;

const MOST_RUNS = 1_000_000;
const LONGEST_MESSAGE = 100_000;
const MOST_STIMULI = 100_000;
const MOST_NOVEL = FEATURES;
const MOST_GOALS = 10_000;

export function jobData({ block, count, known }: StretchJob): object {
  return { block, count, ...(known === undefined ? {} : { known: packed(known) }) };
}

/** @throws InputError with one line when it is no stretch. */
export function readJob(data: unknown): StretchJob {
  const { block, count, known } = check(jobSchema, data, 'a job in the queue');
  return { block, count, ...(known === undefined ? {} : { known: unpacked(known) }) };
}

export function resultText(result: BlockResult): string {
  return JSON.stringify(resultMessage(result));
}

/**
 * @param place what the text is, for the message.
 * @throws InputError with one line when the text is no result.
 */
export function readResult(source: string, place: string): BlockResult {
  return resultOf(json(source, LONGEST_RESULT, place), place);
}

/** @param seconds how long the campaign has taken so far. */
export function prefixText({ upTo, result }: Prefix, seconds: number): string {
  return JSON.stringify({ upTo, seconds, result: resultMessage(result) });
}

/** @throws InputError with one line when the text is no prefix. */
export function readPrefix(source: string): Prefix & { readonly seconds: number } {
  const place = 'what the queue has of the campaign';
  const { upTo, seconds, result } = check(prefixSchema, json(source, LONGEST_RESULT, place), place);
  return { upTo, seconds, result: resultOf(result, place) };
}

const COUNTERS = ['transitions', 'pairs', 'outcomes', 'premises', 'met', 'boundaries'] as const;

function resultMessage(result: BlockResult): z.input<typeof resultSchema> {
  const { tally, sightings, lacks, failure, impossible, novel, broken, brokenIn, badGoal } = result;
  return {
    steps: tally.steps,
    endedEarly: tally.endedEarly,
    counts: Object.fromEntries(
      [...COUNTERS, 'goals' as const].map((kind) => [
        kind,
        [...tally[kind].entries()].filter(([, count]) => count > 0),
      ]),
    ) as z.input<typeof countsSchema>,
    sightings: sightings && sightingsMessage(sightings),
    lacks: [...lacks],
    failure: failure && failureMessage(failure),
    impossible: impossible && failureMessage(impossible),
    novel: [...novel],
    broken,
    ...(brokenIn === undefined ? {} : { brokenIn: { ...brokenIn } }),
    ...(badGoal === undefined ? {} : { badGoal }),
  };
}

function sightingsMessage(sightings: Sightings): z.input<typeof sightingsSchema> {
  const { once, twice, often } = sightingsPartOf(sightings);
  return {
    once: once.map(([feature, run]) => [feature, run]),
    twice: twice.map(([feature, run, another]) => [feature, run, another]),
    often: [...often],
  };
}

function failureMessage({ run, finding, scenario, onlyOnce }: Failure): z.input<typeof failureSchema> {
  const falls = finding.falls.map(({ property, entity, message }) => ({ property, entity, message }));
  const { property, rule, step, entity, message } = finding;
  return {
    run,
    finding: { property, rule, falls, step, entity, message },
    scenario,
    ...(onlyOnce ? { onlyOnce } : {}),
  };
}

function resultOf(value: unknown, place: string): BlockResult {
  const message = check(resultSchema, value, place);
  const { lacks, broken, brokenIn, badGoal } = message;
  const raw = value as z.input<typeof resultSchema>;
  return {
    tally: tallyOf(message),
    sightings: message.sightings && sightingsOfPart(message.sightings),
    lacks,
    failure: message.failure && failureOf(message.failure, raw.failure!, place),
    impossible: message.impossible && failureOf(message.impossible, raw.impossible!, place),
    novel: message.novel.map((scenario, index) => scenarioOf(scenario, raw.novel[index]!, place)),
    observations: [],
    broken,
    ...(brokenIn === undefined
      ? {}
      : {
          brokenIn: {
            run: brokenIn.run,
            scenario: brokenIn.scenario && scenarioOf(brokenIn.scenario, raw.brokenIn!.scenario!, place),
          },
        }),
    ...(badGoal === undefined ? {} : { badGoal }),
  };
}

function tallyOf({ steps, endedEarly, counts }: z.output<typeof resultSchema>): CampaignTally {
  const tally = emptyCampaignTally();
  tally.steps = steps;
  tally.endedEarly = endedEarly;
  for (const kind of COUNTERS) for (const [index, count] of counts[kind]) tally[kind][index] = count;
  for (const [index, count] of counts.goals) {
    while (tally.goals.length < index) tally.goals.push(0);
    tally.goals[index] = count;
  }
  return tally;
}

function failureOf(
  { run, finding, scenario, onlyOnce }: z.output<typeof failureSchema>,
  raw: z.input<typeof failureSchema>,
  place: string,
): Failure {
  return {
    run,
    finding: finding as Finding,
    scenario: scenarioOf(scenario, raw.scenario, place),
    ...(onlyOnce ? { onlyOnce } : {}),
  };
}

/** The stimuli as they were sent: the order of their fields is kept, so that the same finding gives the same bytes. */
export function scenarioOf(
  { config, stimuli }: z.output<typeof scenarioSchema>,
  raw: { readonly stimuli: readonly unknown[] },
  place: string,
): Scenario {
  let previousAt: number | undefined;
  for (const [index, timed] of stimuli.entries()) {
    const where = `${place}: stimuli[${index}]`;
    checkOrder(timed, previousAt, where);
    checkReferences(timed.stimulus, config, where);
    previousAt = timed.at;
  }
  return { config, stimuli: raw.stimuli as TimedStimulus[] };
}

/** A bit a feature, as base64. */
function packed(known: Uint8Array): string {
  const bytes = new Uint8Array(Math.ceil(FEATURES / 8));
  for (let feature = 0; feature < FEATURES; feature++) {
    if (known[feature] !== 0) bytes[feature >> 3]! |= 1 << (feature & 7);
  }
  return Buffer.from(bytes).toString('base64');
}

function unpacked(bits: string): Uint8Array {
  const bytes = Buffer.from(bits, 'base64');
  return Uint8Array.from({ length: FEATURES }, (_, feature) => (bytes[feature >> 3]! >> (feature & 7)) & 1);
}

const propertyId = oneOf(...(CATALOGUE.map(({ id }) => id) as [PropertyId, ...PropertyId[]]));

const jobSchema = fields({
  block: whole(0),
  count: whole(1, MOST_RUNS),
  known: text(4 * Math.ceil(Math.ceil(FEATURES / 8) / 3)).exactOptional(),
});

export const scenarioSchema = fields({
  config: configurationSchema,
  stimuli: list(timedStimulusSchema, MOST_STIMULI).min(1, { error: 'expected at least one stimulus' }),
});

const wrong = { property: propertyId, entity: text(LONGEST_MESSAGE), message: text(LONGEST_MESSAGE) };

const failureSchema = fields({
  run: whole(1),
  finding: fields({
    ...wrong,
    rule: oneOf(...RULE_IDS).nullable(),
    falls: list(fields(wrong), CATALOGUE.length),
    step: whole(1),
  }),
  scenario: scenarioSchema,
  onlyOnce: z.literal(true, { error: 'expected true, or no such field' }).exactOptional(),
});

const none = emptyCampaignTally();

/** Pairs of an index and how often. */
function counters(length: number) {
  const error = 'expected a list of [index, count]';
  return list(z.tuple([whole(0, length - 1), whole(1)], { error }), length);
}

const feature = whole(0, FEATURES - 1);
const SEEN = 'expected a feature and the runs that have met it';
const sightingsSchema = fields({
  once: list(z.tuple([feature, whole(1)], { error: SEEN }), FEATURES),
  twice: list(z.tuple([feature, whole(1), whole(1)], { error: SEEN }), FEATURES),
  often: list(feature, FEATURES),
});

const countsSchema = fields({
  transitions: counters(none.transitions.length),
  pairs: counters(none.pairs.length),
  outcomes: counters(none.outcomes.length),
  premises: counters(none.premises.length),
  met: counters(none.met.length),
  boundaries: counters(none.boundaries.length),
  goals: counters(MOST_GOALS),
});

const resultSchema = fields({
  steps: whole(0),
  endedEarly: whole(0),
  counts: countsSchema,
  sightings: sightingsSchema.nullable(),
  lacks: list(oneOf(...PART_IDS), PART_IDS.length),
  failure: failureSchema.nullable(),
  impossible: failureSchema.nullable(),
  novel: list(scenarioSchema, MOST_NOVEL),
  broken: text(LONGEST_MESSAGE).nullable(),
  brokenIn: fields({ run: whole(0), scenario: scenarioSchema.nullable() }).exactOptional(),
  badGoal: text(LONGEST_MESSAGE).exactOptional(),
});

const prefixSchema = fields({
  upTo: whole(0),
  seconds: z.number({ error: 'expected a number of seconds' }).min(0),
  result: z.unknown(),
});
