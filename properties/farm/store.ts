import type * as z from 'zod';
import { check } from '../../model/format/check.ts';
import { InputError } from '../../model/input-error.ts';
import { WAYS_EACH } from '../sharing/steering.ts';
import type { Engine } from './engine.ts';
import { fields, hexadecimal, json, text, whole } from './fields.ts';
import { BEAT, BEYOND, BOUNDED, CLOSE, LONGER, NOTE, PUT, SHARE } from './scripts.ts';
import { type CampaignSpec, campaignId, readSpec, specText } from './spec.ts';
import { LONGEST_RESULT } from './wire.ts';

/** Everything in Redis that is ours has a key that begins with this; the lists of BullMQ are below `xx:q`. */
const PREFIX = 'xx';
export const BULLMQ_PREFIX = `${PREFIX}:q`;

/** Who has not been heard of for so long is gone. */
const GONE_AFTER_S = 15;

/** What is known of a campaign that has ended stays so long, for coordinators that are behind. */
const KEPT_AFTER_END_S = 600;

/** More campaigns, coordinators or workers are not looked at. */
const MOST_CAMPAIGNS = 1_000;
const MOST_MEMBERS = 100_000;

/** The rest is read a moment later. */
const WAYS_AT_A_TIME = 500;

/** A campaign in the queue, as it was begun at some time: a later one with the same id shares nothing with it. */
export interface OpenCampaign {
  readonly id: string;
  /** Tells attempts apart: what is late from another attempt counts for nothing. */
  readonly attempt: string;
  readonly spec: CampaignSpec;
}

/** A worker, as it says of itself. */
export interface WorkerReport {
  readonly host: string;
  readonly pid: number;
  readonly threads: number;
  /** The campaign that it has played last; null before the first. */
  readonly campaign: string | null;
  readonly stepsPerSecond: number;
}

/** What coordinators and workers keep in Redis beside the jobs. Every change may be made twice. */
export class Store {
  private readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** The campaign of a spec, if there is one. */
  async find(spec: CampaignSpec): Promise<OpenCampaign | null> {
    const id = campaignId(spec);
    const entry = await this.engine.redis.hget(`${PREFIX}:campaigns`, id);
    return entry === null ? null : readEntry(id, entry);
  }

  /** Begins a campaign, unless another coordinator has begun it meanwhile. @returns what there is then. */
  async begin(spec: CampaignSpec, attempt: string): Promise<OpenCampaign> {
    const id = campaignId(spec);
    const entry = JSON.stringify({ attempt, spec: specText(spec) });
    await this.engine.redis.hsetnx(`${PREFIX}:campaigns`, id, entry);
    return (await this.find(spec)) ?? { id, attempt, spec };
  }

  /**
   * The campaigns that are open. What cannot be read as one is no campaign.
   *
   * @param onBad is told why.
   */
  async campaigns(onBad: (error: InputError) => void): Promise<OpenCampaign[]> {
    const entries = await this.boundedHash(`${PREFIX}:campaigns`, MOST_CAMPAIGNS);
    return entries.flatMap(([id, entry]) => {
      try {
        return [readEntry(id, entry)];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        onBad(error);
        return [];
      }
    });
  }

  /** Ends a campaign: workers leave it; what was united stays for a while. */
  async end(campaign: OpenCampaign): Promise<void> {
    const { redis } = this.engine;
    await redis.eval(CLOSE, 1, `${PREFIX}:campaigns`, campaign.id, campaign.attempt);
    await redis.del(this.key(campaign, 'results'));
    for (const kind of ['prefix', 'coordinators', 'corpus', 'covered'] as const) {
      await redis.expire(this.key(campaign, kind), KEPT_AFTER_END_S);
    }
  }

  /** Forgets all of an attempt that nobody goes on with. */
  async drop(campaign: OpenCampaign): Promise<void> {
    await this.end(campaign);
    await this.engine.redis.del(
      ...(['prefix', 'coordinators', 'corpus', 'covered'] as const).map((kind) => this.key(campaign, kind)),
    );
  }

  /**
   * Keeps the result of a job, unless there is one already, since the same job has the same result; or the campaign is
   * over.
   */
  async putResult(campaign: OpenCampaign, block: number, result: string): Promise<void> {
    const { id, attempt } = campaign;
    const keys = [this.key(campaign, 'results'), `${PREFIX}:campaigns`];
    await this.engine.redis.eval(PUT, 2, ...keys, block, result, id, attempt);
  }

  /** Whether a job is done, whoever has done it. */
  async hasResult(campaign: OpenCampaign, block: number): Promise<boolean> {
    return (await this.engine.redis.hexists(this.key(campaign, 'results'), String(block))) === 1;
  }

  /** The results of jobs in their order; null of those that are not done, `too long` of those that nobody could have made. */
  async results(campaign: OpenCampaign, blocks: readonly number[]): Promise<(string | null | 'too long')[]> {
    if (blocks.length === 0) return [];
    const key = this.key(campaign, 'results');
    const found = (await this.engine.redis.eval(BOUNDED, 1, key, LONGEST_RESULT, ...blocks)) as (
      | string
      | null
    )[];
    return found.map((text) => (text === '' ? 'too long' : text));
  }

  async dropResults(campaign: OpenCampaign, blocks: readonly number[]): Promise<void> {
    if (blocks.length > 0) await this.engine.redis.hdel(this.key(campaign, 'results'), ...blocks.map(String));
  }

  /** Keeps a prefix, unless one is kept that goes further. */
  async putPrefix(campaign: OpenCampaign, upTo: number, prefix: string): Promise<void> {
    const key = this.key(campaign, 'prefix');
    await this.engine.redis.eval(LONGER, 1, key, upTo, prefix);
  }

  /** The prefix that is kept, if it goes further than one has. */
  async prefixBeyond(campaign: OpenCampaign, upTo: number): Promise<string | null> {
    const key = this.key(campaign, 'prefix');
    return (await this.engine.redis.eval(BEYOND, 1, key, upTo, LONGEST_RESULT)) as string | null;
  }

  /** Says that a coordinator is there. @returns how many are. */
  async coordinate(campaign: OpenCampaign, token: string): Promise<number> {
    return (await this.beat(this.key(campaign, 'coordinators'), token, '{}')).length;
  }

  /** How many coordinators were there a moment ago. */
  async coordinators(campaign: OpenCampaign): Promise<number> {
    return (await this.beat(this.key(campaign, 'coordinators'), '', '')).length;
  }

  async leave(campaign: OpenCampaign, token: string): Promise<void> {
    const key = this.key(campaign, 'coordinators');
    await this.engine.redis.hdel(key, token);
  }

  /** Adds a way to what is shared, unless enough lead to the same already, or the campaign is over. */
  async shareWay(campaign: OpenCampaign, feature: number, way: string): Promise<void> {
    const { id, attempt } = campaign;
    const keys = [this.key(campaign, 'corpus'), this.key(campaign, 'covered'), `${PREFIX}:campaigns`];
    await this.engine.redis.eval(SHARE, 3, ...keys, feature, way, id, attempt, WAYS_EACH);
  }

  /** What is shared, from one place in the list on, so many at a time. */
  async waysFrom(campaign: OpenCampaign, index: number): Promise<string[]> {
    return this.engine.redis.lrange(this.key(campaign, 'corpus'), index, index + WAYS_AT_A_TIME - 1);
  }

  /** Says that a worker is there. */
  async report(token: string, worker: WorkerReport): Promise<void> {
    await this.engine.redis.eval(NOTE, 1, `${PREFIX}:workers`, token, JSON.stringify(worker));
  }

  async leaveAsWorker(token: string): Promise<void> {
    await this.engine.redis.hdel(`${PREFIX}:workers`, token);
  }

  /** The workers that are there. */
  async workers(): Promise<WorkerReport[]> {
    const entries = await this.beat(`${PREFIX}:workers`, '', '');
    return entries.flatMap((entry) => {
      const { success, data } = workerSchema.safeParse(orNull(entry));
      return success ? [data] : [];
    });
  }

  /** Where a campaign keeps things. */
  key(
    { id, attempt }: OpenCampaign,
    kind: 'results' | 'prefix' | 'coordinators' | 'corpus' | 'covered',
  ): string {
    return `${PREFIX}:${id}:${attempt}:${kind}`;
  }

  /** Notes a member of a hash with the time of Redis, and lists those that were noted lately. */
  private async beat(key: string, member: string, value: string): Promise<string[]> {
    return (await this.engine.redis.eval(
      BEAT,
      1,
      key,
      member,
      value,
      GONE_AFTER_S,
      MOST_MEMBERS,
    )) as string[];
  }

  private async boundedHash(key: string, most: number): Promise<[string, string][]> {
    const { redis } = this.engine;
    if ((await redis.hlen(key)) > most) {
      throw new InputError(`--queue: ${this.engine.name} has more than ${most} campaigns; is it another's?`);
    }
    return Object.entries(await redis.hgetall(key));
  }
}

/** The name of the queue of BullMQ that has the jobs of a campaign. */
export function queueName({ id, attempt }: OpenCampaign): string {
  return `${id}-${attempt}`;
}

function readEntry(id: string, source: string): OpenCampaign {
  const place = 'a campaign in the queue';
  const { attempt, spec: inner } = check(entrySchema, json(source, 2 * LONGEST_ENTRY, place), place);
  const spec = readSpec(inner);
  if (campaignId(spec) !== id) throw new InputError(`${place}: its id ${id} is not that of what it says`);
  return { id, attempt, spec };
}

const LONGEST_ENTRY = 64 * 1024;

const entrySchema = fields({ attempt: hexadecimal(8), spec: text(LONGEST_ENTRY) });

const workerSchema: z.ZodType<WorkerReport> = fields({
  host: text(256),
  pid: whole(0),
  threads: whole(1, 100_000),
  campaign: hexadecimal(16).nullable(),
  stepsPerSecond: whole(0),
});

function orNull(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}
