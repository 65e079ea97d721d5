import { randomBytes } from 'node:crypto';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { counted } from '../../model/counted.ts';
import { InputError } from '../../model/input-error.ts';
import { BLOCK, type BlockResult, type BlockTask } from '../campaign/block.ts';
import { emptyResult, endsCampaign, type Prefix, unite } from '../campaign/stretch.ts';
import type { Engine } from './engine.ts';
import type { CampaignSpec } from './spec.ts';
import { BULLMQ_PREFIX, type OpenCampaign, queueName, Store, type WorkerReport } from './store.ts';
import { jobData, prefixText, readPrefix, readResult } from './wire.ts';

/** What is seen of a farm from outside. */
export interface FarmStatus {
  readonly campaign: string;
  readonly workers: readonly WorkerReport[];
  /** Coordinators of this campaign, with this one. */
  readonly coordinators: number;
  /** Jobs that are in the queue or under way. */
  readonly jobs: number;
}

/** How often it is asked for results, and how often for the rest. */
const POLL_MS = 100;
const TEND_EVERY = 20;

/** A job without result is put into the queue again after this time: one that is there already is not put there twice. */
const AGAIN_AFTER_POLLS = 50;

/** As many jobs are in the queue as keep every thread busy until the next are there. */
const JOBS_PER_THREAD = 4;
const LEAST_JOBS = 16;
const MOST_JOBS = 4_000;

/** A result that is none is played again so many times; then somebody is writing to the queue who should not. */
const MOST_BAD_RESULTS = 20;

/** How long a coordinator that was stopped takes to put away what it has. */
const LEAVE_MS = 1_000;

interface Pending {
  readonly task: BlockTask;
  readonly resolve: (result: BlockResult | Prefix) => void;
  readonly reject: (reason: unknown) => void;
  /** How many polls ago it was put into the queue; null before it was. */
  age: number | null;
}

/**
 * Carries the tasks of a campaign to workers and their results back. It holds nothing that is not in Redis too: united
 * results as a prefix, single ones beside it. So another one can go on at any time, or at the same time.
 */
export class Coordinator {
  readonly campaign: OpenCampaign;
  /** How long the campaign has taken before this coordinator took it up. */
  readonly earlierSeconds: number;
  private readonly engine: Engine;
  private readonly store: Store;
  private readonly queue: Queue;
  private readonly token = randomBytes(8).toString('hex');
  private readonly say: (line: string) => void;
  private readonly elapsedSeconds: () => number;
  private readonly pending = new Map<number, Pending>();
  /** Results that wait for those before them, by their first run. */
  private readonly arrived = new Map<number, { count: number; block: number; result: BlockResult }>();
  private prefix: Prefix;
  /** What is united by now and still stands there as single results. */
  private united: number[] = [];
  private savedUpTo: number;
  private status: FarmStatus;
  private polls = 0;
  private badResults = 0;
  private isPolling = false;
  /** Whether it has said that nobody works. */
  private hasSaid = false;
  private clock: NodeJS.Timeout | undefined;
  private failed: unknown = null;

  private constructor(
    { engine, store, campaign, say, elapsedSeconds }: CoordinatorParts,
    prefix: Prefix & { readonly seconds: number },
  ) {
    this.engine = engine;
    this.store = store;
    this.campaign = campaign;
    this.say = say;
    this.prefix = prefix;
    this.savedUpTo = prefix.upTo;
    this.earlierSeconds = prefix.seconds;
    this.elapsedSeconds = () => prefix.seconds + elapsedSeconds();
    this.status = { campaign: campaign.id, workers: [], coordinators: 1, jobs: 0 };
    this.queue = new engine.bullmq.Queue(queueName(campaign), {
      connection: engine.redis,
      prefix: BULLMQ_PREFIX,
      streams: { events: { maxLen: 100 } },
    });
    this.queue.on('error', () => {});
  }

  /**
   * Begins a campaign, or joins one that somebody coordinates.
   *
   * @param how.resume whether to go on with what is left of it (true), to begin anew (false), or neither: then what is
   * left is refused.
   * @throws InputError when something is left of it and nobody has said what to do.
   */
  static async open(
    engine: Engine,
    spec: CampaignSpec,
    how: {
      resume: boolean | undefined;
      say: (line: string) => void;
      /** Of this process alone. */
      elapsedSeconds: () => number;
    },
  ): Promise<Coordinator> {
    const store = new Store(engine);
    const left = await store.find(spec);
    if (left !== null && how.resume === false) await store.drop(left);
    else if (left !== null && how.resume !== true && (await store.coordinators(left)) === 0) {
      throw new InputError(
        `--queue: campaign ${left.id} was left unfinished in ${engine.name}; add --resume to go on with it, or --no-resume to begin anew`,
      );
    }
    const campaign = await store.begin(spec, randomBytes(4).toString('hex'));
    const text = await store.prefixBeyond(campaign, 0);
    const prefix = text === null ? { upTo: 0, seconds: 0, result: emptyResult() } : readPrefix(text);
    if (left !== null && how.resume !== false) how.say(goesOn(campaign, prefix.upTo));
    const coordinator = new Coordinator({ engine, store, campaign, ...how }, prefix);
    await coordinator.tend();
    coordinator.clock = setInterval(() => coordinator.poll(), POLL_MS);
    engine.fatal.catch((reason) => coordinator.fail(reason));
    return coordinator;
  }

  /** How many tasks should be under way. */
  parallel = (): number => {
    const threads = this.status.workers.reduce((sum, worker) => sum + worker.threads, 0);
    return Math.min(MOST_JOBS, Math.max(LEAST_JOBS, threads * JOBS_PER_THREAD));
  };

  /** Has a task done by somebody. */
  run = (task: BlockTask): Promise<BlockResult | Prefix> => {
    if (this.failed !== null) return rejected(this.failed);
    if (this.isUnited(task)) return Promise.resolve(this.prefix);
    const result = new Promise<BlockResult | Prefix>((resolve, reject) => {
      this.pending.set(task.block, { task, resolve, reject, age: null });
    });
    // A campaign that ends early does not wait for what is under way.
    result.catch(() => {});
    return result;
  };

  /** How it stands with the farm. */
  look(): FarmStatus {
    return { ...this.status, jobs: this.pending.size };
  }

  /**
   * Stops coordinating.
   *
   * @param isOver whether the campaign has its result; otherwise what there is stays in the queue, to be resumed.
   */
  async close(isOver: boolean): Promise<void> {
    clearInterval(this.clock);
    const work = async (): Promise<void> => {
      await this.save();
      await this.store.leave(this.campaign, this.token);
      if (!isOver) return;
      await this.store.end(this.campaign);
      await this.queue.obliterate({ force: true });
    };
    // Nobody waits for a Redis that is gone: the campaign can be resumed from what it had last.
    const done = this.failed === null ? work().catch(() => {}) : Promise.resolve();
    await Promise.race([done, setTimeout(isOver ? 10 * LEAVE_MS : LEAVE_MS, undefined, { ref: false })]);
    this.engine.close();
  }

  private poll(): void {
    if (this.isPolling || this.failed !== null) return;
    this.isPolling = true;
    this.turn()
      .catch((reason) => this.fail(reason))
      .finally(() => {
        this.isPolling = false;
      });
  }

  private async turn(): Promise<void> {
    await this.putJobs();
    await this.takeResults();
    if (++this.polls % TEND_EVERY === 0) await this.tend();
  }

  /** Puts what is new into the queue, and again what should be there and may have been lost. */
  private async putJobs(): Promise<void> {
    const due = [...this.pending.values()].filter(({ age }) => age === null || age >= AGAIN_AFTER_POLLS);
    if (due.length === 0) return;
    const { spec } = this.campaign;
    await this.queue.addBulk(
      due.map(({ task: { block, count, known } }) => ({
        name: spec.scheduler.slice(0, 100),
        data: jobData({ block, count, ...(known === undefined ? {} : { known }) }),
        opts: {
          jobId: `${this.campaign.id}-${block}`,
          attempts: 3,
          removeOnComplete: true,
          removeOnFail: false,
        },
      })),
    );
    for (const one of due) {
      if (one.age !== null) await this.refuseFailed(one.task.block);
      one.age = 0;
    }
  }

  /** A job that has failed on three workers is not put into the queue again. */
  private async refuseFailed(block: number): Promise<void> {
    const job = await this.queue.getJob(`${this.campaign.id}-${block}`);
    if (job === undefined || !(await job.isFailed())) return;
    throw new Error(`block ${block} cannot be played: ${job.failedReason}`);
  }

  private async takeResults(): Promise<void> {
    const asked = [...this.pending.values()].filter(({ age }) => age !== null);
    const texts = await this.store.results(
      this.campaign,
      asked.map(({ task }) => task.block),
    );
    for (const [index, { task, resolve }] of asked.entries()) {
      const text = texts[index] ?? null;
      const result = text === null ? null : await this.readOrDrop(text, task.block);
      const one = this.pending.get(task.block);
      if (result === null) {
        if (one !== undefined) one.age!++;
        continue;
      }
      this.pending.delete(task.block);
      this.arrived.set(task.block * BLOCK, { count: task.count, block: task.block, result });
      resolve(result);
    }
    this.fold();
  }

  /** A result; null if it is none: then it is thrown away, and played again. */
  private async readOrDrop(text: string, block: number): Promise<BlockResult | null> {
    try {
      if (text === 'too long') throw new InputError('it is too long');
      return readResult(text, `the result of block ${block}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (++this.badResults > MOST_BAD_RESULTS) {
        throw new InputError(
          `--queue: more than ${MOST_BAD_RESULTS} results in ${this.engine.name} are none (${error.message}); see who else writes there`,
        );
      }
      this.say(`a result in the queue is none, and its runs are played again: ${error.message}`);
      await this.store.dropResults(this.campaign, [block]);
      const one = this.pending.get(block);
      if (one !== undefined) one.age = null;
      return null;
    }
  }

  /** Unites what is there without a gap. */
  private fold(): void {
    for (;;) {
      const { upTo } = this.prefix;
      const next = this.arrived.get(upTo);
      if (next === undefined || endsCampaign(this.prefix.result)) return;
      this.arrived.delete(upTo);
      this.united.push(next.block);
      this.prefix = { upTo: upTo + next.count, result: unite(this.prefix.result, next.result, upTo) };
    }
  }

  /** Whether a task is a part of what is united, so that nobody has to play it any more. */
  private isUnited({ block, count }: BlockTask): boolean {
    return block * BLOCK + count <= this.prefix.upTo || endsCampaign(this.prefix.result);
  }

  /** Looks after what changes slowly: the prefix, other coordinators, workers. */
  private async tend(): Promise<void> {
    await this.save();
    await this.adopt();
    const coordinators = await this.store.coordinate(this.campaign, this.token);
    this.status = { ...this.status, coordinators, workers: await this.store.workers() };
    this.sayIfNobodyWorks();
  }

  /** Says once that nobody is there who plays, and once that somebody is. */
  private sayIfNobodyWorks(): void {
    const isAlone = this.status.workers.length === 0;
    if (isAlone === this.hasSaid) return;
    this.hasSaid = isAlone;
    if (isAlone)
      this.say('waits for workers: none is there; start some with `xx worker --queue` and this address');
    else this.say(`${counted(this.status.workers.length, 'worker')} there`);
  }

  private async save(): Promise<void> {
    const { prefix, united } = this;
    if (prefix.upTo <= this.savedUpTo) return;
    await this.store.putPrefix(this.campaign, prefix.upTo, prefixText(prefix, this.elapsedSeconds()));
    this.savedUpTo = prefix.upTo;
    // Only now: whoever does not find a result must find a prefix that has it.
    await this.store.dropResults(this.campaign, united);
    this.united = this.united.slice(united.length);
  }

  /** Goes on from where another coordinator is, if it is further. */
  private async adopt(): Promise<void> {
    const text = await this.store.prefixBeyond(this.campaign, this.prefix.upTo);
    if (text === null) return;
    const prefix = readPrefix(text);
    // What arrived meanwhile may go further by now.
    if (prefix.upTo <= this.prefix.upTo) return;
    this.prefix = prefix;
    for (const upTo of this.arrived.keys()) if (upTo < prefix.upTo) this.arrived.delete(upTo);
    this.fold();
    for (const [block, { task, resolve }] of this.pending) {
      if (!this.isUnited(task)) continue;
      this.pending.delete(block);
      resolve(prefix);
    }
  }

  private fail(reason: unknown): void {
    if (this.failed !== null) return;
    this.failed = this.engine.refusalOf(reason) ?? reason;
    clearInterval(this.clock);
    for (const { reject } of this.pending.values()) reject(this.failed);
    this.pending.clear();
  }
}

interface CoordinatorParts {
  readonly engine: Engine;
  readonly store: Store;
  readonly campaign: OpenCampaign;
  readonly say: (line: string) => void;
  readonly elapsedSeconds: () => number;
}

function goesOn({ id }: OpenCampaign, runs: number): string {
  return runs === 0 ? `joins campaign ${id}` : `goes on with campaign ${id} after ${runs} runs`;
}

function rejected(reason: unknown): Promise<never> {
  const result = Promise.reject(reason);
  result.catch(() => {});
  return result;
}
