import { randomBytes } from 'node:crypto';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import { counted } from '../../model/counted.ts';
import { InputError } from '../../model/input-error.ts';
import type { BlockResult, BlockTask } from '../campaign/block.ts';
import { emptyResult, type Prefix } from '../campaign/stretch.ts';
import type { Engine } from './engine.ts';
import { Jobs } from './jobs.ts';
import type { CampaignSpec } from './spec.ts';
import { type OpenCampaign, Store, type WorkerReport } from './store.ts';
import { United } from './united.ts';
import { readPrefix, readResult } from './wire.ts';

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
export const POLL_MS = 100;
const TEND_EVERY = 20;

/** A job without result is put into the queue again after this time: one that is there already is not put there twice. */
const AGAIN_AFTER_POLLS = 50;

/** As many jobs are in the queue as keep every thread busy until the next are there. */
export const JOBS_PER_THREAD = 4;
const LEAST_JOBS = 16;
export const MOST_JOBS = 4_000;

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
  private readonly jobs: Jobs;
  private readonly united: United;
  private readonly token = randomBytes(8).toString('hex');
  private readonly say: (line: string) => void;
  private readonly elapsedSeconds: () => number;
  private readonly pending = new Map<number, Pending>();
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
    this.earlierSeconds = prefix.seconds;
    this.elapsedSeconds = () => prefix.seconds + elapsedSeconds();
    this.status = { campaign: campaign.id, workers: [], coordinators: 1, jobs: 0 };
    this.jobs = new Jobs(engine, campaign);
    this.united = new United(campaign, store, prefix);
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
    if (left === null && how.resume === true) {
      how.say(`nothing is left of campaign ${campaign.id} in ${engine.name}: it begins`);
    }
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
    if (this.united.has(task)) return Promise.resolve(this.united.prefix);
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
    if (!isOver && this.failed === null) {
      this.say(`campaign ${this.campaign.id} is left in ${this.engine.name}: --resume goes on with it`);
    }
    const work = async (): Promise<void> => {
      await this.united.save(this.elapsedSeconds());
      await this.store.leave(this.campaign, this.token);
      if (!isOver) return;
      await this.store.end(this.campaign);
      await this.jobs.clear();
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
    await this.jobs.put(due.map(({ task }) => task));
    for (const one of due) {
      if (one.age !== null) await this.jobs.refuseFailed(one.task.block);
      one.age = 0;
    }
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
      this.united.take(task, result);
      resolve(result);
    }
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

  /** Looks after what changes slowly: the prefix, other coordinators, workers. */
  private async tend(): Promise<void> {
    await this.united.save(this.elapsedSeconds());
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
    if (isAlone) this.say('waits for workers: none is there; start some with `xx worker --queue URL`');
    else this.say(`${counted(this.status.workers.length, 'worker')} there`);
  }

  /** Nobody has to play what another coordinator has united. */
  private async adopt(): Promise<void> {
    const prefix = await this.united.adopt();
    if (prefix === null) return;
    for (const [block, { task, resolve }] of this.pending) {
      if (!this.united.has(task)) continue;
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
