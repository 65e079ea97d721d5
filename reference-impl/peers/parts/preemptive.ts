import type { Scheduler } from '../../scheduler.ts';
import { SlotHeap } from '../../slot-heap.ts';
import type { Cluster } from './cluster.ts';
import type { Host, Job } from './job.ts';
import { createPeer } from './peer.ts';

/** By what the machines of a preemptive peer go, each for itself. */
export interface Order {
  /**
   * Whether one goes before another, at time `now`; never both ways. What it says of two that both wait does not change
   * while they do.
   */
  before(one: Job, other: Job, now: number): boolean;
  /**
   * When a machine has to look again though nothing happens there, in ms: some run and somebody waits. One that should
   * have looked before is due now; one that has just looked is due later. Null: never. Without it, never.
   */
  dueAt?(host: Host, now: number): number | null;
  /** Somebody has joined the queue of its shard, for the first time or once more. */
  queued?(job: Job): void;
  /** Somebody has completed. */
  completed?(job: Job): void;
  /** An oracle is told how long one that is about to be submitted or called will run in all, in ms. */
  expect?(id: number, runMs: number): void;
}

export interface Preemptive {
  /** Kebab-case, as `--scheduler` takes it. */
  readonly name: string;
  /** Whether it goes by time that passes, and so wants ticks where there are any. */
  readonly isTimed: boolean;
  /** Whether it wants to be told how long each will run. */
  readonly isOracle: boolean;
  /** Makes its order anew for every scenario. */
  readonly order: () => Order;
}

/**
 * A peer whose machines preempt: a new function goes to the machine with the fewest (a central balance by count, of all
 * machines), and there those run that go before the others, one to a core. A machine looks again whenever one comes, ends,
 * blocks or wakes there, and at the first step when or after it is due.
 */
export function createPreemptive({ name, isTimed, isOracle, order: orderOf }: Preemptive): Scheduler {
  let order: Order;
  let cluster: Cluster;
  /** Machines by when they are due to look again. */
  let alarms: SlotHeap;

  function setAlarm(host: Host): void {
    const waits = host.ready.first !== undefined && host.running > 0;
    const dueMs = waits ? (order.dueAt?.(host, cluster.now) ?? null) : null;
    if (dueMs === null) alarms.remove(host.id);
    else alarms.set(host.id, dueMs);
  }

  const peer = createPeer({
    name,
    cores: 'own-core',
    machines: () => {
      order = orderOf();
      return {
        kind: 'ranked',
        preempts: true,
        before: (one, other) => order.before(one, other, cluster.now),
      };
    },
    rules: (made) => {
      cluster = made;
      alarms = new SlotHeap();
      return {
        turn: (job) => cluster.place(job, cluster.fleet.leastLoadedOfAll()),
        queued: (job) => order.queued?.(job),
        left(job, _host, leaving) {
          if (leaving === 'completed') order.completed?.(job);
        },
        settled: setAlarm,
        quiet() {
          while (alarms.earliestMs <= cluster.now) {
            const host = cluster.hosts[alarms.first]!;
            alarms.remove(host.id);
            cluster.settle(host);
            setAlarm(host);
          }
        },
      };
    },
  });
  return {
    ...peer,
    ...(isTimed ? { dueAt: () => (alarms.size === 0 ? null : alarms.earliestMs) } : {}),
    ...(isOracle ? { expect: (id: number, runMs: number) => order.expect?.(id, runMs) } : {}),
  };
}

/** How long one has run in this attempt, in ms, up to `now`. */
export function attainedMs({ phase, cpuMs, meteredAt }: Job, now: number): number {
  return phase === 'running' ? cpuMs + now - meteredAt : cpuMs;
}

/** Of two that wait, the one that was queued first; one that runs makes way for no equal. */
export function cameFirst(one: Job, other: Job): boolean {
  return one.phase === 'ready' && other.phase === 'ready' && one.ticket < other.ticket;
}
