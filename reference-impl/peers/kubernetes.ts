import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import type { Host, Job } from './parts/job.ts';
import { Ranked } from './parts/line.ts';
import { createPeer } from './parts/peer.ts';

/** What a variant of Kubernetes does otherwise. */
export interface KubernetesPolicies {
  /** Whether one of `victimClass` may be evicted for one of `class`. */
  mayEvict(victimClass: number, priceClass: number): boolean;
  /** A machine with a core for one more; `free` are all that have one, and take new work. */
  hostWithRoom(cluster: Cluster, free: ReadonlySet<Host>): Host | undefined;
}

const KUBERNETES: KubernetesPolicies = {
  mayEvict: (victimClass, priceClass) => victimClass < priceClass,
  hostWithRoom({ fleet, hosts }, free) {
    if (free.size === 0 || fleet.open.length === 0) return undefined;
    const least = hosts[fleet.leastLoadedOfAll()]!;
    if (free.has(least)) return least;
    // Where machines have different cores, the least loaded may be full and others not.
    for (const host of free) if (fleet.isOpen(host.id)) return host;
    return undefined;
  },
};

/** Whom it takes to make room on a machine. */
interface Eviction {
  readonly host: Host;
  /** The lowest first; of the same class the one that was placed last. */
  readonly victims: readonly Job[];
}

/**
 * Kubernetes with pod priority and preemption (its documentation, "Pod Priority and Preemption"; the default plugins of
 * its scheduler): one queue, by class and then by arrival. A pod asks for one core, and fits where fewer than its cores run
 * or wait; of several such nodes it gets the least allocated. If it fits nowhere, strictly lower pods of one node are
 * evicted, as few as it takes and the lowest first: of the node whose highest victim is the lowest, then with the fewest
 * victims. Victims go back to the queue and begin anew. The cpu itself is not preempted: those on a node share its cores,
 * and a caller that wakes may be one too many. Memory is best effort.
 *
 * Where a configuration has no evictions it evicts nobody, and what fits nowhere waits.
 */
export function createKubernetes(changes: Partial<KubernetesPolicies> = {}, name = 'kubernetes'): Scheduler {
  const { mayEvict, hostWithRoom } = { ...KUBERNETES, ...changes };
  return createPeer({
    name,
    words: ['evictions'],
    cores: 'shared',
    machines: () => ({ kind: 'sharing' }),
    rules(cluster) {
      const queue = new Ranked((one, other) =>
        one.class === other.class ? one.ticket < other.ticket : one.class > other.class,
      );
      const evicts = cluster.config.words?.includes('evictions') === true;
      /** Pods with a core, by machine and in the order in which they came; and how many there are of each class. */
      const pods: Set<Job>[] = [];
      const ofClass = cluster.config.classes.map(() => 0);
      const free = new Set<Host>();
      /** Whether the step in progress is the turn of a shard, which places one at most. */
      let isTurn = false;

      function enter(job: Job, host: Host): void {
        pods[host.id]!.add(job);
        ofClass[job.class]!++;
        note(host);
      }

      function leave(job: Job, host: Host): void {
        if (pods[host.id]!.delete(job)) ofClass[job.class]!--;
      }

      function note(host: Host): void {
        const { fleet } = cluster;
        if (fleet.isOpen(host.id) && fleet.loadOf(host.id) < host.cores) free.add(host);
        else free.delete(host);
      }

      /** Places the first in the queue where it fits, if it does. @returns whether it did. */
      function placeFirst(): boolean {
        const job = queue.first;
        const host = job === undefined ? undefined : hostWithRoom(cluster, free);
        if (job === undefined || host === undefined) return false;
        put(job, host);
        return true;
      }

      function put(job: Job, host: Host): void {
        queue.remove(job);
        cluster.place(job, host.id);
        enter(job, host);
      }

      /** Makes room for the first in the queue, if there is anybody lower, and places it there. */
      function evictForFirst(): void {
        const job = queue.first;
        if (job === undefined || !ofClass.some((count, index) => count > 0 && mayEvict(index, job.class)))
          return;
        const eviction = bestEviction(job);
        if (eviction === undefined) return;
        for (const victim of eviction.victims) cluster.evict(victim);
        put(job, eviction.host);
      }

      function bestEviction(job: Job): Eviction | undefined {
        let best: Eviction | undefined;
        for (const id of cluster.fleet.open) {
          const eviction = evictionAt(cluster.hosts[id]!, job);
          if (eviction !== undefined && (best === undefined || isBetter(eviction, best))) best = eviction;
        }
        return best;
      }

      function evictionAt(host: Host, job: Job): Eviction | undefined {
        const due = Math.max(1, cluster.fleet.loadOf(host.id) - host.cores + 1);
        const lower = [...pods[host.id]!].filter((pod) => mayEvict(pod.class, job.class));
        if (lower.length < due) return undefined;
        // The last to come first, and by class beyond that: sorting keeps the order of equals.
        const victims = lower
          .reverse()
          .sort((one, other) => one.class - other.class)
          .slice(0, due);
        return { host, victims };
      }

      return {
        joined(host) {
          pods[host.id] = new Set();
          note(host);
        },
        queued: (job) => queue.push(job),
        turn() {
          isTurn = true;
          if (!placeFirst() && evicts) evictForFirst();
        },
        left: (job, host) => leave(job, host),
        blocked: (job, host) => leave(job, host),
        woken: (job, host) => enter(job, host),
        gone: (host) => note(host),
        settled(host) {
          const wasFree = free.has(host);
          note(host);
          if (!isTurn && !wasFree && free.has(host)) while (placeFirst());
        },
        quiet() {
          isTurn = false;
        },
      };
    },
  });
}

function isBetter(one: Eviction, other: Eviction): boolean {
  const [ofOne, ofOther] = [one.victims.at(-1)!.class, other.victims.at(-1)!.class];
  return ofOne === ofOther ? one.victims.length < other.victims.length : ofOne < ofOther;
}
