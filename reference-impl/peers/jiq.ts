import { nextBelow, sampleDistinct } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import type { Host, Job } from './parts/job.ts';
import { createPeer } from './parts/peer.ts';

export interface JiqOptions {
  name?: string;
  /** Of how many idle queues, drawn at random, a machine joins the shortest; 1 unless given. */
  d?: number;
  policies?: Partial<JiqPolicies>;
}

/** What Join-Idle-Queue decides, so that one of it can be replaced. */
export interface JiqPolicies {
  /** Whether a machine is idle: `load` run or wait there. */
  isIdle(load: number, cores: number): boolean;
  /** Whose idle queue a dispatcher takes from. */
  queueOf(dispatcher: number, dispatchers: number): number;
  /** Which machine of a queue is taken, the one that joined first in front; none: a random one. */
  taken(queue: readonly number[]): number | undefined;
}

export const JIQ_POLICIES: JiqPolicies = {
  isIdle: (load, cores) => load < cores,
  queueOf: (dispatcher) => dispatcher,
  taken: ([first]) => first,
};

/** Of a machine that is on no queue. */
const NONE = -1;

/**
 * Join-Idle-Queue (Lu, Xie, Kliot, Geller, Larus and Greenberg, Performance Evaluation 68, 2011, section 2): an arrival
 * takes the first machine of its dispatcher's idle queue, else a random one; a machine that becomes idle joins the idle
 * queue of one dispatcher, drawn at random, or the shortest of d drawn (JIQ-Random and JIQ-SQ(d)). A shard is a
 * dispatcher. A machine is idle while it has a core to spare, and is then on one queue; a placement takes it
 * off, and if it is still idle it joins one anew. It is first come first served.
 */
export function createJiq({ name, d = 1, policies: given }: JiqOptions = {}): Scheduler {
  const policies = { ...JIQ_POLICIES, ...given };
  return createPeer({
    name: name ?? (d === 1 ? 'jiq' : `jiq-sq${d}`),
    cores: 'own-core',
    machines: () => ({ kind: 'fifo' }),
    rules(cluster) {
      const idle = new IdleQueues(cluster, policies, d);
      return {
        turn: (job, shard) => idle.place(job, shard),
        settled: (host) => idle.note(host),
        restarted: (shard) => idle.forget(shard),
      };
    },
  });
}

class IdleQueues {
  readonly #cluster: Cluster;
  readonly #policies: JiqPolicies;
  readonly #d: number;
  /** By dispatcher: machines, the one that joined first in front. */
  readonly #queues: number[][];
  /** By machine: whose queue it is on. */
  readonly #on: number[] = [];

  constructor(cluster: Cluster, policies: JiqPolicies, d: number) {
    this.#cluster = cluster;
    this.#policies = policies;
    this.#d = d;
    this.#queues = cluster.queues.map(() => []);
  }

  place(job: Job, shard: number): void {
    const cluster = this.#cluster;
    const { open } = cluster.fleet;
    const queue = this.#queues[this.#policies.queueOf(shard, this.#queues.length)]!;
    const taken = this.#policies.taken(queue);
    const machine = taken ?? open[nextBelow(cluster.generator, open.length)]!;
    if (taken !== undefined && this.#on[machine] === shard) cluster.placeListed(job, machine);
    else cluster.place(job, machine);
    this.#leave(machine);
  }

  /** A machine joins a queue when it is idle and on none, and leaves when it is neither. */
  note({ id, cores, ram, resident, live }: Host): void {
    const { fleet, decisions } = this.#cluster;
    const isIdle = fleet.isOpen(id) && this.#policies.isIdle(fleet.loadOf(id), cores);
    const isListed = (this.#on[id] ?? NONE) !== NONE;
    if (isIdle === isListed) return;
    if (!isIdle) return this.#leave(id);
    const { shard, polled } = this.#chooseQueue();
    this.#queues[shard]!.push(id);
    this.#on[id] = shard;
    const available = Math.max(0, ram - resident);
    decisions.push({ type: 'list', machine: id, shard, available, functions: live, polled });
  }

  /** A dispatcher has lost its queue: each machine that was on it joins one again. */
  forget(shard: number): void {
    for (const machine of this.#queues[shard]!) {
      this.#on[machine] = NONE;
      this.#cluster.touch(this.#cluster.hosts[machine]!);
    }
    this.#queues[shard] = [];
  }

  #leave(machine: number): void {
    const shard = this.#on[machine] ?? NONE;
    if (shard === NONE) return;
    const queue = this.#queues[shard]!;
    queue.splice(queue.indexOf(machine), 1);
    this.#on[machine] = NONE;
    this.#cluster.decisions.push({ type: 'unlist', machine, shard });
  }

  #chooseQueue(): { shard: number; polled: number[] } {
    const queues = this.#queues;
    const polled = sampleDistinct(this.#cluster.generator, queues.length, this.#d);
    let shard = polled[0]!;
    for (const other of polled) if (queues[other]!.length < queues[shard]!.length) shard = other;
    return { shard, polled };
  }
}
