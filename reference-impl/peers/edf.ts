import type { Scheduler } from '../scheduler.ts';
import type { Host, Job } from './parts/job.ts';
import { type Before, Ranked } from './parts/line.ts';
import { createPeer } from './parts/peer.ts';
import { RecentRuns } from './parts/recent-runs.ts';

/** What a variant of EDF does otherwise. */
export interface EdfPolicies {
  /** When one that arrived at `arrivedMs` and is expected to run `expectedMs` should be done, in ms. */
  deadlineMs(arrivedMs: number, expectedMs: number, price: number, highestPrice: number): number;
  /** Whether of two that wait one goes before the other; their deadlines are in their marks. */
  goesBefore: Before;
}

const EDF: EdfPolicies = {
  deadlineMs: (arrivedMs, expectedMs, price, highestPrice) => arrivedMs + (expectedMs * highestPrice) / price,
  goesBefore: (one, other) => (one.mark === other.mark ? one.ticket < other.ticket : one.mark < other.mark),
};

/**
 * Price-weighted earliest deadline first: one central queue, and a core that is free takes the one whose deadline is
 * earliest, which is its arrival plus what it is expected to run, times the highest price over its own. Nobody is placed
 * before there is a core for it, and nobody is preempted. It is an oracle, which is told in a simulation how long each
 * will run; elsewhere it expects the mean of the function's recent runs. A new attempt keeps its deadline.
 *
 * One that arrives while a core is free waits for the next turn of any shard; whoever waits when a core comes free is
 * placed at once. A caller that wakes gets the next core of its machine.
 */
export function createEdf(changes: Partial<EdfPolicies> = {}, name = 'edf'): Scheduler {
  const { deadlineMs, goesBefore } = { ...EDF, ...changes };
  let expected = new Map<number, number>();
  const peer = createPeer({
    name,
    cores: 'own-core',
    machines: () => ({ kind: 'fifo' }),
    rules(cluster) {
      const queue = new Ranked(goesBefore);
      const recent = new RecentRuns();
      /** Machines with a core for one more. */
      const free = new Set<Host>();
      /** Whether the step in progress is the turn of a shard, which places one at most. */
      let isTurn = false;
      const { config, fleet } = cluster;
      const highestPrice = config.classes.at(-1)!.price;
      expected = new Map();

      /** Places the first in the queue, if there is one, and a core for it. @returns whether it did. */
      function placeFirst(): boolean {
        const job = queue.first;
        if (job === undefined) return false;
        for (const host of free) {
          if (!fleet.isOpen(host.id)) continue;
          queue.remove(job);
          cluster.place(job, host.id);
          note(host);
          return true;
        }
        return false;
      }

      function note(host: Host): void {
        if (host.status === 'up' && fleet.loadOf(host.id) < host.cores) free.add(host);
        else free.delete(host);
      }

      function deadlineOf(job: Job): number {
        const expectedMs = expected.get(job.id) ?? recent.meanMs(job.function);
        return deadlineMs(job.enqueuedAt, expectedMs, config.classes[job.class]!.price, highestPrice);
      }

      return {
        queued(job) {
          if (job.attempt === 1) job.mark = deadlineOf(job);
          queue.push(job);
        },
        turn() {
          isTurn = true;
          placeFirst();
        },
        left(job, _host, leaving) {
          if (leaving !== 'completed') return;
          recent.add(job.function, job.cpuMs);
          expected.delete(job.id);
        },
        gone: note,
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
  return {
    ...peer,
    expect(id, runMs) {
      expected.set(id, runMs);
    },
  };
}
