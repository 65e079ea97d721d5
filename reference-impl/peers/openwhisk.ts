import { nextBelow } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import type { Host, Job } from './parts/job.ts';
import { createPeer } from './parts/peer.ts';

/** Where a function begins its walk through the invokers, and by how many it steps. */
export interface Walk {
  readonly home: number;
  readonly step: number;
}

/** What OpenWhisk decides, so that one of it can be replaced. */
export interface OpenWhiskPolicies {
  /** How many functions one balancer may have on an invoker before it steps on. */
  slotsOf(host: Host, balancers: number): number;
  /** @param invokers how many are known, whether they take work or not; at least 1. */
  walkOf(hash: number, invokers: number): Walk;
}

/**
 * An invoker has as much user memory as one function a core takes, divided evenly among the balancers; each may have one
 * there however small its share is.
 */
export const OPENWHISK_POLICIES: OpenWhiskPolicies = {
  slotsOf: ({ cores }, balancers) => Math.max(1, Math.floor(cores / balancers)),
  walkOf(hash, invokers) {
    const steps = coprimeSteps(invokers);
    return { home: hash % invokers, step: steps[hash % steps.length]! };
  },
};

/**
 * Apache OpenWhisk (ShardingContainerPoolBalancer.scala of apache/openwhisk, its long comment and `schedule`): a function
 * begins at its home invoker, hash(namespace, action) mod n, and steps on by a number coprime to n until an invoker is
 * healthy and has memory slots left. Overloaded, it goes to a random healthy one. A balancer counts only what it has sent
 * itself, so each has its part of the memory. An invoker is first come first served. A tenant is a namespace, a shard a
 * balancer, and a machine an invoker; a balancer that restarts knows of nothing that it has sent before.
 */
export function createOpenWhisk(
  options: { name?: string; policies?: Partial<OpenWhiskPolicies> } = {},
): Scheduler {
  const policies = { ...OPENWHISK_POLICIES, ...options.policies };
  return createPeer({
    name: options.name ?? 'openwhisk',
    cores: 'own-core',
    machines: () => ({ kind: 'fifo' }),
    rules(cluster) {
      const balancers = cluster.queues.map(() => new Balancer(cluster, policies));
      return {
        turn(job, shard) {
          const machine = balancers[shard]!.choose(job);
          cluster.place(job, machine);
        },
        left: (job, host) => balancers[job.shard]!.release(job, host),
        joined: (host) =>
          balancers.forEach((balancer) => {
            balancer.meet(host);
          }),
        restarted: (shard) => balancers[shard]!.restart(),
      };
    },
  });
}

/** What one balancer believes of the invokers. */
class Balancer {
  readonly #cluster: Cluster;
  readonly #policies: OpenWhiskPolicies;
  /** By invoker: how many more this one may send there; below 0 after an overload. */
  readonly #slots: number[] = [];
  readonly #hashes = new Map<string, number>();
  #walks = new Map<number, Walk>();
  /** Counts restarts, from 1; what was sent before the last one is marked otherwise, and gives no slot back. */
  #life = 1;

  constructor(cluster: Cluster, policies: OpenWhiskPolicies) {
    this.#cluster = cluster;
    this.#policies = policies;
  }

  meet(host: Host): void {
    if (host.id === this.#slots.length) this.#walks = new Map();
    this.#slots[host.id] = this.#policies.slotsOf(host, this.#cluster.config.shards);
  }

  choose(job: Job): number {
    const slots = this.#slots;
    const { fleet, generator } = this.#cluster;
    const { home, step } = this.#walkOf(job);
    let machine = home;
    for (let steps = 0; steps < slots.length; steps++) {
      if (slots[machine]! > 0 && fleet.isOpen(machine)) return this.#take(job, machine);
      machine = (machine + step) % slots.length;
    }
    return this.#take(job, fleet.open[nextBelow(generator, fleet.open.length)]!);
  }

  release(job: Job, { id, status }: Host): void {
    if (job.mark === this.#life && status !== 'down') this.#slots[id]!++;
  }

  restart(): void {
    this.#life++;
    for (const host of this.#cluster.hosts) this.meet(host);
  }

  #take(job: Job, machine: number): number {
    job.mark = this.#life;
    this.#slots[machine]!--;
    return machine;
  }

  #walkOf({ tenant, function: label }: Job): Walk {
    const name = `${tenant}/${label}`;
    let hash = this.#hashes.get(name);
    if (hash === undefined) {
      hash = Math.abs(javaHash(`${tenant}`) ^ javaHash(label));
      this.#hashes.set(name, hash);
    }
    let walk = this.#walks.get(hash);
    if (walk === undefined) {
      walk = this.#policies.walkOf(hash, this.#slots.length);
      this.#walks.set(hash, walk);
    }
    return walk;
  }
}

/** `String.hashCode` of Java: s[0]·31ⁿ⁻¹ + … + s[n−1] in 32 bits. */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/** Numbers up to n that are coprime to n and to one another. */
function coprimeSteps(n: number): number[] {
  const steps: number[] = [];
  for (let step = 1; step <= n; step++) {
    if (gcd(step, n) === 1 && steps.every((other) => gcd(step, other) === 1)) steps.push(step);
  }
  return steps;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
