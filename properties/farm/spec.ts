import { createHash } from 'node:crypto';
import * as z from 'zod';
import { PART_IDS } from '../../model/alphabet.ts';
import { check } from '../../model/format/check.ts';
import { SIZES } from '../arbitraries/configuration.ts';
import { BLOCK, type BlockTask } from '../campaign/block.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { fields, hexadecimal, json, list, oneOf, text, whole } from './fields.ts';

/**
 * A campaign as its coordinators and workers know it: everything that determines its result, and nothing else. There is
 * no command in it: whoever plays a process starts the one that its own command line names.
 */
export interface CampaignSpec {
  /** Version and digest of the package that plays. */
  readonly version: string;
  readonly build: string;
  /** The name of a scheduler of this package; of a process, the command, which is only compared. */
  readonly scheduler: string;
  readonly isProcess: boolean;
  readonly seed: number;
  readonly size: BlockTask['size'];
  readonly properties: readonly PropertyId[];
  readonly except: readonly PropertyId[];
  readonly without: BlockTask['without'];
  /** SHA-256 of the module with user-defined goals; null when there is none. */
  readonly goals: string | null;
  /** SHA-256 of the scenarios that are played first; null without a corpus. */
  readonly corpus: string | null;
  /** Whether scenarios that cover something new are shared, and then the result depends on who is when where. */
  readonly shares: boolean;
  /** How many runs are asked for; null when only time is. */
  readonly runs: number | null;
  /** How many blocks make a job. */
  readonly blocks: number;
}

/** Jobs of more blocks hardly cost less, and are longer under way. */
const MOST_BLOCKS = 20;

/** This many jobs at least, so that every worker gets its share. */
const ENOUGH_JOBS = 200;

/** How many blocks make a job of a campaign. A process takes its time, and blocks of it may take minutes. */
export function blocksOfJob(runs: number | null, isProcess: boolean): number {
  if (isProcess) return 1;
  if (runs === null) return MOST_BLOCKS;
  return Math.max(1, Math.min(MOST_BLOCKS, Math.floor(runs / BLOCK / ENOUGH_JOBS)));
}

/** Names a campaign by everything that determines its result: 16 hexadecimal digits. */
export function campaignId(spec: CampaignSpec): string {
  return createHash('sha256').update(specText(spec)).digest('hex').slice(0, 16);
}

/** One text for one campaign, whatever order its fields were given in. */
export function specText(spec: CampaignSpec): string {
  return JSON.stringify(check(schema, spec, 'the campaign'));
}

/** @throws InputError with one line when the text is no campaign. */
export function readSpec(source: string): CampaignSpec {
  return check(schema, json(source, LONGEST_SPEC, 'a campaign in the queue'), 'a campaign in the queue');
}

/** Names of all properties fit in, and a command. */
const LONGEST_SPEC = 64 * 1024;

const propertyIds = CATALOGUE.map(({ id }) => id) as [PropertyId, ...PropertyId[]];
const digest = hexadecimal(64).nullable();

const schema: z.ZodType<CampaignSpec> = fields({
  version: text(100),
  build: hexadecimal(8),
  scheduler: text(10_000),
  isProcess: z.boolean({ error: 'expected true or false' }),
  seed: whole(0),
  size: oneOf(...(SIZES as ['small', ...BlockTask['size'][]])),
  properties: list(oneOf(...propertyIds), propertyIds.length),
  except: list(oneOf(...propertyIds), propertyIds.length),
  without: list(oneOf(...PART_IDS), PART_IDS.length),
  goals: digest,
  corpus: digest,
  shares: z.boolean({ error: 'expected true or false' }),
  runs: whole(1).nullable(),
  blocks: whole(1, MOST_BLOCKS),
});
