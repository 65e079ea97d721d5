import { nextBelow, sampleDistinct } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import type { Job } from './parts/job.ts';
import { Latencies } from './parts/latencies.ts';
import { createPeer } from './parts/peer.ts';
import { Quantile } from './parts/quantile.ts';

export interface PrequalOptions {
  name?: string;
  policies?: Partial<PrequalPolicies>;
}

/** What Prequal decides, so that one of it can be replaced. */
export interface PrequalPolicies {
  /** How many answers a pool holds at most. */
  poolSize(machines: number): number;
  /** How many machines a query probes. */
  readonly probes: number;
  /** Which answer is taken, of at least two; with more than `limit` requests in flight a machine is hot. */
  choose(answers: readonly Answer[], limit: number): Answer;
}

/** What a pool knows of a machine. */
export interface Answer {
  readonly machine: number;
  /** Requests in flight, as the machine said, and those that this shard has sent there since. */
  inFlight: number;
  /** About how long one takes there, in ms. */
  readonly latencyMs: number;
  readonly takenAt: number;
  /** How many queries have gone by it. */
  uses: number;
}

/** The settings of the paper's section 5 where it gives any. */
const MOST_ANSWERS = 16;
const PROBES = 3;
const REMOVALS = 1;
const OLDEST_MS = 1000;
/**
 * A machine with more in flight than so many percent of the answers that came last is hot. The low end of what the paper considers,
 * which suits functions that run longer than answers are kept: their latency says late that a machine is full.
 */
const HOT_PERCENT = 60;
/** How many answers that looks back on. */
const REMEMBERED = 64;
/** By how much more answers come in than must be: δ. */
const SURPLUS = 1;

export const PREQUAL_POLICIES: PrequalPolicies = {
  poolSize: (machines) => Math.min(MOST_ANSWERS, Math.ceil(machines / 2)),
  probes: PROBES,
  choose(answers, limit) {
    let best = answers[0]!;
    for (const answer of answers) if (isBetter(answer, best, limit)) best = answer;
    return best;
  },
};

/** Cold before hot; of the cold the one with the least latency, of the hot the one with the fewest requests in flight. */
function isBetter(one: Answer, other: Answer, limit: number): boolean {
  const isHot = one.inFlight > limit;
  if (isHot !== other.inFlight > limit) return !isHot;
  const { inFlight, latencyMs } = other;
  const isTie = isHot ? one.inFlight === inFlight : one.latencyMs === latencyMs;
  return isHot !== isTie ? one.inFlight < inFlight : one.latencyMs < latencyMs;
}

/**
 * Prequal (Wydrowski, Kleinberg, Rumble and Archer, NSDI 2024, section 4): a client keeps a pool of answers to probes. Each
 * query goes to the machine of the best answer by the hot-cold lexicographic rule, and probes three machines for those
 * that come after it: probes are asynchronous, so none ever waits for one. An answer serves as often as the reuse budget
 * allows and is dropped when it is a second old; with each query the worst or the oldest goes, by turns. With fewer than
 * two answers the machine is random. The client counts what it has sent itself on top of an answer.
 *
 * A shard is a client, and a machine a replica that runs all it has at once. Its latency is the median of those that
 * ended last and had come when about as many were in flight. Since a pool of 16 is more than small clusters have
 * machines, it holds at most half of them.
 */
export function createPrequal({ name = 'prequal', policies: given }: PrequalOptions = {}): Scheduler {
  const policies = { ...PREQUAL_POLICIES, ...given };
  return createPeer({
    name,
    words: ['probes'],
    cores: 'shared',
    machines: () => ({ kind: 'sharing' }),
    rules(cluster) {
      const latencies = new Latencies();
      const pools = cluster.queues.map((_, shard) => new Pool(cluster, shard, policies, latencies));
      return {
        turn(job, shard) {
          const machine = pools[shard]!.choose();
          job.mark = cluster.hosts[machine]!.live;
          cluster.place(job, machine);
          pools[shard]!.renew();
        },
        left(job: Job, host, leaving) {
          if (leaving === 'completed') latencies.note(host.id, job.mark, cluster.now - job.placedAt);
        },
        gone(host) {
          latencies.forget(host.id);
          for (const pool of pools) pool.drop(host.id);
        },
        restarted: (shard) => pools[shard]!.restart(),
      };
    },
  });
}

/** The pool of one client. */
class Pool {
  readonly #cluster: Cluster;
  readonly #shard: number;
  readonly #policies: PrequalPolicies;
  readonly #latencies: Latencies;
  /** The one that was taken first in front; one of a machine at most. */
  #answers: Answer[] = [];
  #inFlight = new Quantile(REMEMBERED);
  #queries = 0;

  constructor(cluster: Cluster, shard: number, policies: PrequalPolicies, latencies: Latencies) {
    this.#cluster = cluster;
    this.#shard = shard;
    this.#policies = policies;
    this.#latencies = latencies;
  }

  /** The machine of the best answer, or a random one. */
  choose(): number {
    const { now, fleet, generator } = this.#cluster;
    while (this.#answers.length > 0 && now - this.#answers[0]!.takenAt >= OLDEST_MS) this.#remove(0);
    const answers = this.#answers;
    const usable = answers.every(({ machine }) => fleet.isOpen(machine))
      ? answers
      : answers.filter(({ machine }) => fleet.isOpen(machine));
    if (usable.length < 2) return fleet.open[nextBelow(generator, fleet.open.length)]!;
    const best = this.#policies.choose(usable, this.#hotLimit());
    best.inFlight++;
    best.uses++;
    return best.machine;
  }

  /** What comes with a query: an answer that is used up goes, the worst or the oldest too, and three machines are probed. */
  renew(): void {
    const most = this.#reuseBudget();
    for (let index = this.#answers.length - 1; index >= 0; index--) {
      if (this.#answers[index]!.uses >= most) this.#remove(index);
    }
    for (let count = 0; count < REMOVALS && this.#answers.length > 0; count++) {
      this.#remove(this.#queries++ % 2 === 0 ? this.#worst() : 0);
    }
    const { fleet, generator } = this.#cluster;
    for (const index of sampleDistinct(generator, fleet.open.length, this.#policies.probes)) {
      this.#probe(fleet.open[index]!);
    }
  }

  drop(machine: number): void {
    const index = this.#answers.findIndex((answer) => answer.machine === machine);
    if (index >= 0) this.#remove(index);
  }

  restart(): void {
    this.#answers = [];
    this.#inFlight = new Quantile(REMEMBERED);
  }

  #probe(machine: number): void {
    const { decisions, hosts, fleet, now } = this.#cluster;
    const answers = this.#answers;
    const known = answers.findIndex((answer) => answer.machine === machine);
    if (known >= 0) answers.splice(known, 1);
    while (answers.length >= this.#policies.poolSize(fleet.open.length)) this.#remove(0);
    const inFlight = hosts[machine]!.live;
    const latencyMs = this.#latencies.at(machine, inFlight);
    answers.push({ machine, inFlight, latencyMs, takenAt: now, uses: 0 });
    this.#inFlight.add(inFlight);
    decisions.push({ type: 'probe', shard: this.#shard, machine, inFlight, latencyMs });
  }

  #remove(index: number): void {
    const [{ machine }] = this.#answers.splice(index, 1) as [Answer];
    this.#cluster.decisions.push({ type: 'forget', shard: this.#shard, machine });
  }

  /** The answer with most in flight of the hot ones, if any are hot; else the one with the greatest latency. */
  #worst(): number {
    const answers = this.#answers;
    const limit = this.#hotLimit();
    let worst = 0;
    for (let index = 1; index < answers.length; index++) {
      if (isBetter(answers[worst]!, answers[index]!, limit)) worst = index;
    }
    return worst;
  }

  #hotLimit(): number {
    return this.#inFlight.at(HOT_PERCENT);
  }

  /** So often an answer serves that as many come in as are used and removed; the paper's b_reuse, rounded up. */
  #reuseBudget(): number {
    const { length } = this.#cluster.fleet.open;
    const share = this.#policies.poolSize(length) / length;
    const surplus = (1 - share) * this.#policies.probes - REMOVALS;
    return surplus <= 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil((1 + SURPLUS) / surplus));
  }
}
