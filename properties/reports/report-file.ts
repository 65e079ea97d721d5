import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { PartId } from '../../model/alphabet.ts';
import { refuseByteOrderMark } from '../../model/format/byte-order-mark.ts';
import { check } from '../../model/format/check.ts';
import { lineAt } from '../../model/format/place.ts';
import { partsSchema } from '../../model/format/schemas.ts';
import { show } from '../../model/format/show.ts';
import { parseStrict } from '../../model/format/strict-json.ts';
import { InputError } from '../../model/input-error.ts';
import { TRANSITIONS } from '../../model/table.ts';
import {
  addSightings,
  noSightings,
  type Sightings,
  type SightingsPart,
  sightingsOfPart,
} from '../campaign/sightings.ts';
import { CATALOGUE } from '../catalogue.ts';
import { BOUNDARIES } from '../goals/boundaries/table.ts';
import { type CampaignTally, emptyCampaignTally } from '../play/tally.ts';
import { VERSION } from '../records/origin.ts';

/** What a campaign of several shards has in common. Reports of different ones are not united. */
export interface CampaignIdentity {
  /** Version of this package. */
  readonly version: string;
  /** Of the transitions, rules and properties that are counted: eight hexadecimal digits. */
  readonly model: string;
  readonly scheduler: string;
  readonly seed: number;
  readonly size: string;
  /** Ids of the properties that count, in ascending order; all when empty. */
  readonly properties: readonly string[];
  /** Ids of what was left out of everything, in ascending order; absent when nothing was. */
  readonly except?: readonly string[];
  /** The parts of XX that were not tried; absent when there are none. */
  readonly without?: readonly PartId[];
  /** Names of user-defined goals, in the order in which they are counted. */
  readonly goals: readonly string[];
  /** How many runs were asked for in all; null when only time was. */
  readonly runsAsked: number | null;
  /** How many shards there are. */
  readonly of: number;
}

/** What one shard has tried. */
export interface ReportPart {
  /** Counted from 1. */
  readonly shard: number;
  readonly runs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly interrupted: boolean;
  /** Runs that could not be played to their end. */
  readonly endedEarly: number;
  /** Counters that are not 0, by kind: index and count. */
  readonly counts: Readonly<Record<CounterKind | 'goals', readonly (readonly [number, number])[]>>;
  /** In how many of its runs what can be met was met; absent from reports of those who did not count. */
  readonly sightings?: SightingsPart;
  /** Names of the files of counterexamples, beside the report. */
  readonly found: readonly string[];
}

/** What is on disk of a campaign: one part, or several that were united, in the order of shards. */
export interface CampaignReport {
  readonly campaign: CampaignIdentity;
  readonly parts: readonly ReportPart[];
}

const COUNTERS = ['transitions', 'pairs', 'outcomes', 'premises', 'met', 'boundaries'] as const;
type CounterKind = (typeof COUNTERS)[number];

const FORMAT = 'xx-campaign';
const FORMAT_VERSION = 1;

/** Everything that is the same for all shards of a campaign that this version runs. */
export function identityOf(how: Omit<CampaignIdentity, 'version' | 'model'>): CampaignIdentity {
  const { scheduler, seed, size, properties, except = [], without = [], goals, runsAsked, of } = how;
  return {
    ...{ version: VERSION, model: MODEL, scheduler, seed, size, properties: [...properties].sort() },
    ...(except.length === 0 ? {} : { except: [...except].sort() }),
    ...(without.length === 0 ? {} : { without: [...without] }),
    ...{ goals, runsAsked, of },
  };
}

/** Where a report is written: a name for each campaign, and for each of its shards, so that none is written over. */
export function fileOfReport(directory: string, { campaign, parts }: CampaignReport): string {
  const [only, ...others] = parts;
  const which = only !== undefined && others.length === 0 ? `${only.shard}-of-${campaign.of}` : 'merged';
  return join(directory, `campaign-${hashOf(campaign)}-${which}.report.json`);
}

export function reportFileText({ campaign, parts }: CampaignReport): string {
  const lines = parts.map((part) => `    ${JSON.stringify(part)}`).join(',\n');
  const head = `  "format": "${FORMAT}",\n  "version": ${FORMAT_VERSION},\n  "campaign": ${JSON.stringify(campaign)},`;
  return `{\n${head}\n  "parts": [\n${lines}\n  ]\n}\n`;
}

/** Reads a report. @throws InputError with one line that names the place, the value and what was expected. */
export function readReportFile(text: string): CampaignReport {
  refuseByteOrderMark(text, 'the report: line 1');
  const value = parseStrict(text, 'the report');
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (format !== FORMAT) {
    throw new InputError(`the report: format: expected ${show(FORMAT)}, got ${show(format)}`);
  }
  if (version !== FORMAT_VERSION) {
    throw new InputError(`the report: version: expected ${FORMAT_VERSION}, got ${show(version)}`);
  }
  const { campaign, parts } = check(schema, value, (path) => `the report: line ${lineAt(text, path)}`);
  for (const { shard } of parts) {
    if (shard > campaign.of) {
      throw new InputError(
        `the report: line ${lineAt(text, ['parts'])}: parts: there is no shard ${shard} of ${campaign.of}`,
      );
    }
  }
  return { campaign, parts };
}

/** The counters of a tally that are not 0. */
export function countsOf(tally: CampaignTally): ReportPart['counts'] {
  const sparse = (kind: CounterKind): [number, number][] =>
    [...tally[kind].entries()].filter(([, count]) => count > 0);
  return {
    transitions: sparse('transitions'),
    pairs: sparse('pairs'),
    outcomes: sparse('outcomes'),
    premises: sparse('premises'),
    met: sparse('met'),
    boundaries: sparse('boundaries'),
    goals: [...tally.goals.entries()].filter(([, count]) => count > 0),
  };
}

/** What the runs of all parts have met together; null when one of them does not say. */
export function sightingsOf(parts: readonly ReportPart[]): Sightings | null {
  const sum = noSightings();
  for (const { sightings } of parts) {
    if (sightings === undefined) return null;
    addSightings(sum, sightingsOfPart(sightings));
  }
  return sum;
}

/** The sum of the tallies of parts, which are of this model. */
export function tallyOf(parts: readonly ReportPart[]): CampaignTally {
  const tally = emptyCampaignTally();
  for (const { steps, counts, endedEarly } of parts) {
    tally.steps += steps;
    tally.endedEarly += endedEarly;
    for (const kind of COUNTERS) {
      for (const [index, count] of counts[kind]) {
        if (index < tally[kind].length) tally[kind][index]! += count;
      }
    }
    for (const [index, count] of counts.goals) tally.goals[index] = (tally.goals[index] ?? 0) + count;
  }
  return tally;
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

/** Counters are known by their index, so they can only be added up where the same things are counted. */
const MODEL = hashOf([TRANSITIONS, CATALOGUE.map(({ id }) => id), BOUNDARIES.map(({ id }) => id)]);

const text = z.string({ error: 'expected a string' });
const whole = (least: number) => {
  const error = `expected an integer from ${least}`;
  return z.int({ error }).min(least, { error });
};
const PAIRS = 'expected a list of [index, count]';
const ONCE = 'expected a list of [feature, run]';
const TWICE = 'expected a list of [feature, run, another run]';
const sparse = z.array(z.tuple([whole(0), whole(1)], { error: PAIRS }), { error: PAIRS });

/** As many as `--shard i/n` can name. */
const MOST_SHARDS = 999_999;

/** An object with these fields and no others. */
function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: `expected an object with ${Object.keys(shape).join(', ')}` });
}

const schema = fields({
  format: text,
  version: whole(1),
  campaign: fields({
    version: text,
    model: text,
    scheduler: text,
    seed: whole(0),
    size: text,
    properties: z.array(text, { error: 'expected a list of properties' }),
    except: z.array(text, { error: 'expected a list of properties' }).exactOptional(),
    without: partsSchema.exactOptional(),
    goals: z.array(text, { error: 'expected a list of names' }),
    runsAsked: whole(1).nullable(),
    of: whole(1).max(MOST_SHARDS, { error: `expected at most ${MOST_SHARDS} shards` }),
  }),
  parts: z
    .array(
      fields({
        shard: whole(1),
        runs: whole(0),
        steps: whole(0),
        seconds: z.number({ error: 'expected a number of seconds' }),
        interrupted: z.boolean({ error: 'expected true or false' }),
        endedEarly: whole(0),
        counts: fields({
          transitions: sparse,
          pairs: sparse,
          outcomes: sparse,
          premises: sparse,
          met: sparse,
          boundaries: sparse,
          goals: sparse,
        }),
        sightings: fields({
          once: z.array(z.tuple([whole(0), whole(1)], { error: ONCE }), { error: ONCE }),
          twice: z.array(z.tuple([whole(0), whole(1), whole(1)], { error: TWICE }), { error: TWICE }),
          often: z.array(whole(0), { error: 'expected a list of features' }),
        }).exactOptional(),
        found: z.array(text.regex(/^[\w-]+\.json$/, { error: 'expected the name of a counterexample' }), {
          error: 'expected a list of names',
        }),
      }),
      { error: 'expected a list of parts' },
    )
    .min(1, { error: 'expected at least one part' }),
});
