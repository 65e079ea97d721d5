import type { Configuration } from '../../model/configuration.ts';
import { nextBelow, sampleDistinct } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import type { Host, Job } from './parts/job.ts';
import { createPeer } from './parts/peer.ts';

export interface KnativeOptions {
  name?: string;
  /** `containerConcurrency` of the revision: `limited`, as many as a machine has cores; `unlimited`, Knative's 0. */
  concurrency?: 'limited' | 'unlimited';
  policies?: Partial<KnativePolicies>;
}

/** What Knative decides, so that one of it can be replaced. */
export interface KnativePolicies {
  /** Which invocation leaves the activator first. */
  next(cluster: Cluster): Job | undefined;
  /** Whether a pod takes one more: `load` run or wait there. */
  hasRoom(load: number, cores: number): boolean;
}

export const KNATIVE_POLICIES: KnativePolicies = {
  next: (cluster) => cluster.earliestQueued(),
  hasRoom: (load, cores) => load < cores,
};

/** So many wait in an activator at most; more are turned away (`breakerQueueDepth`, with 503). */
const QUEUE_DEPTH = 10_000;

/** Up to so many at once in a pod, the first pod that has room is taken, which fills them; above, each in turn. */
const FEW = 3;

/**
 * Knative's activator (knative/serving, pkg/activator/net: `pickLBPolicy` in throttler.go, lb_policy.go). A revision whose
 * pods take any number of requests sends each to the better of two random pods. Else what no pod has room for waits in the
 * activator, first come first served, and goes to the first pod that has room if pods take 3 or fewer, or to each in turn.
 * A machine is a pod, which takes as many as it has cores; pods are not added or removed, so nothing scales. The shards'
 * queues are one activator, which an invocation leaves without a turn.
 */
export function createKnative({ name, concurrency = 'limited', policies }: KnativeOptions = {}): Scheduler {
  return concurrency === 'limited'
    ? createLimited(name ?? 'knative', { ...KNATIVE_POLICIES, ...policies })
    : createUnlimited(name ?? 'knative-unlimited');
}

function createLimited(name: string, policies: KnativePolicies): Scheduler {
  return createPeer({
    name,
    cores: 'own-core',
    machines: () => ({ kind: 'fifo' }),
    rules(cluster) {
      const pods = new Pods(cluster, policies);
      return {
        admits: () => cluster.queues.reduce((sum, { size }) => sum + size, 0) < QUEUE_DEPTH,
        settled: (host) => pods.note(host),
        quiet() {
          while (pods.roomy > 0) {
            const job = policies.next(cluster);
            if (job === undefined) return;
            const host = pods.take();
            cluster.place(job, host.id);
            pods.note(host);
          }
        },
      };
    },
  });
}

/** Which pods have room. */
class Pods {
  roomy = 0;
  readonly #cluster: Cluster;
  readonly #policies: KnativePolicies;
  readonly #hasRoom: boolean[] = [];
  readonly #inTurn: boolean;
  #next = 0;

  constructor(cluster: Cluster, policies: KnativePolicies) {
    this.#cluster = cluster;
    this.#policies = policies;
    this.#inTurn = mostCores(cluster.config) > FEW;
  }

  note({ id, cores }: Host): void {
    const { fleet } = this.#cluster;
    const has = fleet.isOpen(id) && this.#policies.hasRoom(fleet.loadOf(id), cores);
    if (has === (this.#hasRoom[id] ?? false)) return;
    this.#hasRoom[id] = has;
    this.roomy += has ? 1 : -1;
  }

  /** The pod that takes the next one; one has room. */
  take(): Host {
    const { hosts } = this.#cluster;
    let machine = this.#inTurn ? this.#next % hosts.length : 0;
    while (this.#hasRoom[machine] !== true) machine = (machine + 1) % hosts.length;
    this.#next = machine + 1;
    return hosts[machine]!;
  }
}

function mostCores({ machines }: Configuration): number {
  return machines.reduce((most, { cores }) => Math.max(most, cores), 0);
}

function createUnlimited(name: string): Scheduler {
  return createPeer({
    name,
    cores: 'shared',
    machines: () => ({ kind: 'sharing' }),
    rules: (cluster) => ({
      turn(job) {
        const [one, other] = twoRandom(cluster);
        const { fleet, generator } = cluster;
        const [load, otherLoad] = [fleet.loadOf(one), fleet.loadOf(other)];
        const isOther = load === otherLoad ? nextBelow(generator, 2) === 1 : load > otherLoad;
        cluster.place(job, isOther ? other : one, one < other ? [one, other] : [one]);
      },
    }),
  });
}

/** Two pods that are open, ascending; the same one twice where there is no other. */
function twoRandom({ fleet: { open }, generator }: Cluster): [number, number] {
  const drawn = sampleDistinct(generator, open.length, 2);
  return [open[drawn[0]!]!, open[drawn[1] ?? drawn[0]!]!];
}
