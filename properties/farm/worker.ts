import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import { counted } from '../../model/counted.ts';
import { InputError } from '../../model/input-error.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import type { Candidate } from '../contestants/contestants.ts';
import { startWorkers, type Workers } from '../workers.ts';
import { buildHere, digestOfFile } from './build.ts';
import { type Engine, openEngine } from './engine.ts';
import { type Equipment, whyUnfit } from './fitness.ts';
import { SharedWays } from './shared-ways.ts';
import { BULLMQ_PREFIX, type OpenCampaign, queueName, Store } from './store.ts';
import type { FarmDone, FarmTask } from './thread.ts';
import { readJob } from './wire.ts';

/** What `xx worker` was asked for. */
export interface WorkerOptions {
  readonly queue: string;
  readonly threads: number;
  /** The process that it plays, by its own command line; none unless given. */
  readonly candidate: Candidate | null;
  /** The module of goals, by its own command line. */
  readonly goals?: string;
  /** How long it waits for work before it leaves; for ever unless given. */
  readonly idleMs?: number;
}

export interface WorkerWorld {
  readonly stopped: AbortSignal;
  readonly say: (line: string) => void;
  /** Is told of everything that it has done by now. */
  readonly onDone: (done: { readonly jobs: number; readonly steps: number }) => void;
}

/** A job whose worker is silent for so long is given to another. */
const LOCK_MS = 10_000;
const STALLED_MS = 5_000;

/** A job is given to as many workers as it takes: that one is killed says nothing about the job. */
const MOST_STALLS = 1_000_000;

const LOOK_EVERY_MS = 1_000;

/** How long a worker that was stopped takes to hand back what it has begun. */
const HAND_BACK_MS = 1_000;

/**
 * Plays jobs of whatever campaigns are in a queue, until it is stopped.
 *
 * @throws InputError with one line when the queue cannot be used, or has campaigns and this worker fits none of them.
 */
export async function work(options: WorkerOptions, world: WorkerWorld): Promise<void> {
  const engine = await openEngine(options.queue, world.say);
  const worker = new FarmWorker(engine, options, world);
  try {
    await Promise.race([worker.stay(), engine.fatal]);
  } catch (error) {
    throw engine.refusalOf(error) ?? error;
  } finally {
    await worker.leave();
  }
}

class FarmWorker {
  private readonly engine: Engine;
  private readonly store: Store;
  private readonly options: WorkerOptions;
  private readonly world: WorkerWorld;
  private readonly token = randomBytes(8).toString('hex');
  private readonly equipment: Equipment;
  private readonly threads: Workers<FarmTask, FarmDone>;
  private readonly open = new Map<string, Worker>();
  /** What it knows of those that share what they meet. */
  private readonly shared = new Map<string, SharedWays>();
  /** Campaigns that it does not fit, and said so. */
  private readonly refused = new Set<string>();
  /** What it has begun, with the tokens of its locks. */
  private readonly begun = new Map<Job, string>();
  private jobs = 0;
  private steps = 0;
  private campaign: string | null = null;
  private fail: (reason: unknown) => void = () => {};

  constructor(engine: Engine, options: WorkerOptions, world: WorkerWorld) {
    this.engine = engine;
    this.store = new Store(engine);
    this.options = options;
    this.world = world;
    this.equipment = {
      build: buildHere(),
      exec: options.candidate?.exec?.command ?? null,
      goals: options.goals === undefined ? null : digestOfFile(options.goals),
    };
    this.threads = startWorkers('farm/thread', options.threads);
  }

  /** Looks for campaigns and plays them, until it is stopped or has waited long enough. */
  stay(): Promise<void> {
    const { stopped } = this.world;
    return new Promise((resolve, reject) => {
      this.fail = reject;
      stopped.addEventListener('abort', () => resolve(), { once: true });
      // Whoever waits for a Redis that is gone hears no signal.
      this.lookAgainAndAgain().then(resolve, reject);
    });
  }

  private async lookAgainAndAgain(): Promise<void> {
    const { idleMs = Number.POSITIVE_INFINITY, threads } = this.options;
    let busyAt = nowMs();
    let last = { jobs: 0, steps: 0, at: nowMs() };
    for (let isFirst = true; !this.world.stopped.aborted; isFirst = false) {
      await this.attend(isFirst);
      if (isFirst && this.open.size === 0) {
        this.world.say(`waits for campaigns in ${this.engine.name}, with ${counted(threads, 'thread')}`);
      }
      const at = nowMs();
      if (this.begun.size > 0 || this.jobs > last.jobs) busyAt = at;
      if (at - busyAt >= idleMs) return;
      const { jobs, steps, campaign } = this;
      const stepsPerSecond = Math.round(((steps - last.steps) * 1000) / Math.max(1, at - last.at));
      last = { jobs, steps, at };
      const host = hostname().slice(0, 256);
      await this.store.report(this.token, { host, pid: process.pid, threads, campaign, stepsPerSecond });
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  /** Hands back what is not done, and goes. */
  async leave(): Promise<void> {
    const handBack = async (): Promise<void> => {
      for (const worker of this.open.values()) worker.pause(true).catch(() => {});
      await Promise.all([...this.begun].map(([job, token]) => job.moveToWait(token)));
      await this.store.leaveAsWorker(this.token);
    };
    // A Redis that is gone notices by itself that nobody renews the locks.
    await Promise.race([handBack().catch(() => {}), setTimeout(HAND_BACK_MS, undefined, { ref: false })]);
    for (const worker of this.open.values()) worker.close(true).catch(() => {});
    this.engine.close();
    await this.threads.destroy();
  }

  /** Takes up campaigns that are new, and leaves those that are over. */
  private async attend(isFirst: boolean): Promise<void> {
    const campaigns = await this.store.campaigns(({ message }) => this.sayOnce(message, message));
    const names = new Set(campaigns.map(queueName));
    for (const [name, worker] of this.open) {
      if (names.has(name)) continue;
      this.open.delete(name);
      this.shared.delete(name);
      this.world.say(`campaign ${name.split('-')[0]} is over`);
      worker.close().catch(() => {});
    }
    for (const campaign of campaigns) {
      if (this.open.has(queueName(campaign))) continue;
      const why = whyUnfit(campaign, this.equipment);
      if (why === null) this.take(campaign);
      else if (isFirst && campaigns.length === 1) throw new InputError(`worker: ${why}`);
      else this.sayOnce(queueName(campaign), why);
    }
    for (const shared of this.shared.values()) {
      await shared.refresh(({ message }) => this.sayOnce(message, message));
    }
    if (isFirst && campaigns.length > 0 && this.open.size === 0) {
      throw new InputError(`worker: none of the ${campaigns.length} campaigns is for this worker`);
    }
  }

  private sayOnce(key: string, line: string): void {
    if (this.refused.has(key)) return;
    this.refused.add(key);
    this.world.say(line);
  }

  private take(campaign: OpenCampaign): void {
    const name = queueName(campaign);
    const { threads } = this.options;
    const worker = new this.engine.bullmq.Worker(
      name,
      (job: Job, token?: string) => this.play(campaign, job, token ?? ''),
      {
        connection: this.engine.redis,
        prefix: BULLMQ_PREFIX,
        // So that the next job is here when a thread is done.
        concurrency: threads + 1 + (threads >> 3),
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_MS,
        maxStalledCount: MOST_STALLS,
        drainDelay: 2,
      },
    );
    worker.on('error', (error) => {
      const refusal = this.engine.refusalOf(error);
      if (refusal !== null) this.fail(refusal);
    });
    this.open.set(name, worker);
    const { isProcess, scheduler } = campaign.spec;
    this.world.say(`plays campaign ${campaign.id} of ${isProcess ? 'its --exec' : scheduler}`);
    if (campaign.spec.shares) {
      this.shared.set(
        name,
        new SharedWays(campaign, this.store, Number.parseInt(this.token.slice(0, 8), 16)),
      );
    }
  }

  /** Who plays: one of this package by its name, or the process of this worker's own command line. */
  private candidateOf({ spec }: OpenCampaign): Candidate {
    const { candidate, goals } = this.options;
    const who = spec.isProcess ? candidate! : { scheduler: spec.scheduler };
    return spec.goals === null || goals === undefined ? who : { ...who, goals };
  }

  /** Plays a job, unless another worker has done so, and keeps its result where every coordinator finds it. */
  private async play(campaign: OpenCampaign, job: Job, token: string): Promise<null> {
    this.begun.set(job, token);
    try {
      const stretch = readJob(job.data);
      if (await this.store.hasResult(campaign, stretch.block)) return null;
      const { seed, size, properties, except, without } = campaign.spec;
      const task = { seed, size, properties, except, without, ...stretch };
      const shared = this.shared.get(queueName(campaign));
      const lead = shared === undefined ? {} : { lead: shared.lead(Math.ceil(stretch.count / 2)) };
      const candidate = this.candidateOf(campaign);
      const { text, steps, news } = await this.threads.run({ candidate, task, ...lead });
      // Whoever is stopped hands the job back.
      if (text === null) return await new Promise<never>(() => {});
      await this.store.putResult(campaign, stretch.block, text);
      if (news !== undefined) await shared?.tell(news);
      this.campaign = campaign.id;
      this.jobs++;
      this.steps += steps;
      this.world.onDone({ jobs: this.jobs, steps: this.steps });
      return null;
    } catch (error) {
      const refusal = this.engine.refusalOf(error);
      if (refusal !== null) this.fail(refusal);
      throw error;
    } finally {
      this.begun.delete(job);
    }
  }
}
