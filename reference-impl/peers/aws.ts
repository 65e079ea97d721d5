import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import type { Job } from './parts/job.ts';
import { createPeer } from './parts/peer.ts';

export interface AwsOptions {
  name?: string;
  /**
   * How much of the account's concurrency is reserved for the functions of a class, in percent, rounded up; 0: they share
   * what is left, which is at least 1. By default 25 for the highest of several classes.
   */
  reservedPercent?(priceClass: number, configuration: Configuration): number;
  /** Whether a root of this class is asynchronous: an event, retried until there is room. By default the lowest class. */
  isAsynchronous?(priceClass: number): boolean;
  policies?: Partial<AwsPolicies>;
}

/** What AWS decides, so that one of it can be replaced. */
export interface AwsPolicies {
  /** Whether one more may run where `inFlight` do. */
  hasRoom(inFlight: number, limit: number): boolean;
  /** Whether a synchronous one is turned away: there is no room within its own limit, or none within what is unreserved. */
  throttles(hasRoom: boolean, unreservedHasRoom: boolean): boolean;
}

export const AWS_POLICIES: AwsPolicies = {
  hasRoom: (inFlight, limit) => inFlight < limit,
  throttles: (hasRoom) => !hasRoom,
};

/**
 * AWS Lambda with reserved concurrency (Lambda Developer Guide, "Understanding Lambda function scaling" and "Configuring
 * reserved concurrency for a function"; "How Lambda handles errors and retries with asynchronous invocation"): a
 * reservation is a floor, since no other function may use it, and a cap, since its function may use nothing else. What has none
 * shares the rest of the account's concurrency, first come first served. Beyond its limit a synchronous invocation is
 * throttled (429), and an asynchronous one waits in the event queue, here until there is room and not for 6 h at most.
 *
 * The account's concurrency is the cores of the machines that are up. A class stands for one function: drawn workloads
 * name functions by their class. A callee waits for room, as its caller's SDK retries it. One that waits for a callee
 * leaves its concurrency to others, as it leaves its core, and goes on when it is woken whatever the limit. An
 * invocation runs on a machine with the least load, without a turn.
 */
export function createAws(options: AwsOptions = {}): Scheduler {
  const { name = 'aws', isAsynchronous = (priceClass) => priceClass === 0 } = options;
  return createPeer({
    name,
    cores: 'shared',
    machines: () => ({ kind: 'sharing' }),
    rules(cluster) {
      const account = new Account(cluster, options);
      return {
        admits: (job) => isAsynchronous(job.class) || account.admits(job),
        queued: (job) => void account.poolOf(job).waiting.push(job),
        left(job) {
          if (job.phase !== 'blocked') account.poolOf(job).inFlight--;
        },
        blocked: (job) => void account.poolOf(job).inFlight--,
        woken: (job) => void account.poolOf(job).inFlight++,
        joined: () => account.share(),
        gone: () => account.share(),
        quiet: () => account.run(),
      };
    },
  });
}

const QUARTER: NonNullable<AwsOptions['reservedPercent']> = (priceClass, { classes }) =>
  priceClass > 0 && priceClass === classes.length - 1 ? 25 : 0;

/** The invocations that draw on the same limit: how many run, and which wait for room, first come first served. */
interface Pool {
  readonly percent: number;
  limit: number;
  inFlight: number;
  waiting: Job[];
  head: number;
}

/** So many that have left the front of a line are kept before it is made shorter. */
const LONGEST_PAST = 64;

class Account {
  readonly #cluster: Cluster;
  readonly #policies: AwsPolicies;
  readonly #unreserved = poolOf(0);
  readonly #pools: Pool[] = [this.#unreserved];
  readonly #byClass: readonly Pool[];

  constructor(cluster: Cluster, { reservedPercent = QUARTER, policies }: AwsOptions) {
    this.#cluster = cluster;
    this.#policies = { ...AWS_POLICIES, ...policies };
    this.#byClass = cluster.config.classes.map((_, priceClass) => {
      const percent = reservedPercent(priceClass, cluster.config);
      if (percent === 0) return this.#unreserved;
      const pool = poolOf(percent);
      this.#pools.push(pool);
      return pool;
    });
    this.share();
  }

  poolOf(job: Job): Pool {
    return this.#byClass[job.class]!;
  }

  admits(job: Job): boolean {
    return !this.#policies.throttles(this.#hasRoom(this.poolOf(job)), this.#hasRoom(this.#unreserved));
  }

  /** Shares the cores of the machines that are up out anew. */
  share(): void {
    let concurrency = 0;
    for (const { status, cores } of this.#cluster.hosts) if (status === 'up') concurrency += cores;
    let left = concurrency;
    for (const pool of this.#pools) {
      pool.limit = Math.ceil((concurrency * pool.percent) / 100);
      left -= pool.limit;
    }
    this.#unreserved.limit = Math.max(Math.min(concurrency, 1), left);
  }

  /** Runs every invocation for which there is room. */
  run(): void {
    const { fleet } = this.#cluster;
    for (const pool of this.#pools) {
      while (pool.head < pool.waiting.length && this.#hasRoom(pool) && fleet.open.length > 0) {
        const job = takeFirst(pool);
        pool.inFlight++;
        this.#cluster.place(job, fleet.leastLoadedOfAll());
      }
    }
  }

  #hasRoom({ inFlight, limit }: Pool): boolean {
    return this.#policies.hasRoom(inFlight, limit);
  }
}

function poolOf(percent: number): Pool {
  return { percent, limit: 0, inFlight: 0, waiting: [], head: 0 };
}

function takeFirst(pool: Pool): Job {
  const job = pool.waiting[pool.head++]!;
  if (pool.head === pool.waiting.length || pool.head > LONGEST_PAST) {
    pool.waiting.splice(0, pool.head);
    pool.head = 0;
  }
  return job;
}
