import { nextBelow, sampleDistinct } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import type { Host, Job } from './parts/job.ts';
import { createPeer } from './parts/peer.ts';

export interface SparrowOptions {
  name?: string;
  /** Reservations of a task; 2 unless given, as the paper recommends. */
  d?: number;
  policies?: Partial<SparrowPolicies>;
}

/** What Sparrow decides, so that one of it can be replaced. */
export interface SparrowPolicies {
  /** Whether a machine has a slot: `load` run or wait there. */
  hasSlot(load: number, cores: number): boolean;
  /** Which of those that stand in a line is launched when a slot is free; an index. The first waits; others may not. */
  launched(line: readonly { readonly isLaunched: boolean }[]): number;
  /** Whether a machine that is told that a task was launched elsewhere asks for the next one at once. */
  readonly asksOn: boolean;
  /** Where one is launched that a machine pulls. */
  launchesAt(machine: number, open: readonly number[]): number;
}

export const SPARROW_POLICIES: SparrowPolicies = {
  hasSlot: (load, cores) => load < cores,
  launched: () => 0,
  asksOn: true,
  launchesAt: (machine) => machine,
};

/**
 * Sparrow (Ousterhout, Wendell, Zaharia and Stoica, SOSP 2013, sections 3.2 to 3.5): batch sampling with late binding. A
 * job of m tasks reserves at ⌈d·m⌉ random machines, where the reservations queue, first come first served; a machine with a
 * free slot asks for the task of the next one, and is told to launch it, or that it has been launched elsewhere (a no-op).
 * An invocation is a job of one task, a core a slot, and a shard a scheduler, which reserves as soon as one is
 * submitted. Messages take no time, so a no-op costs nothing: all reservations of a task that is launched are void. A task
 * whose machines are all gone reserves anew.
 */
export function createSparrow({ name = 'sparrow', d = 2, policies: given }: SparrowOptions = {}): Scheduler {
  const policies = { ...SPARROW_POLICIES, ...given };
  return createPeer({
    name,
    words: ['reservations'],
    cores: 'own-core',
    machines: () => ({ kind: 'fifo' }),
    rules(cluster) {
      const lines = new Lines(cluster, policies, d);
      return {
        queued: (job) => lines.reserve(job),
        turn: (job) => lines.reserveWhereOpen(job),
        settled: (host) => lines.pull(host),
        gone: (host) => lines.close(host.id),
        joined: (host) => lines.open(host.id),
      };
    },
  });
}

/** A task that waits to be launched, and the machines where it holds a place. */
interface Task {
  readonly job: Job;
  readonly machines: number[];
  isLaunched: boolean;
}

class Lines {
  readonly #cluster: Cluster;
  readonly #policies: SparrowPolicies;
  readonly #d: number;
  /** By machine: the tasks that hold a place there, and those that were launched elsewhere and are not yet passed over. */
  readonly #lines: Task[][] = [];
  readonly #tasks = new Map<Job, Task>();
  /** Those that hold no place anywhere: no machine was up. */
  #homeless: Task[] = [];

  constructor(cluster: Cluster, policies: SparrowPolicies, d: number) {
    this.#cluster = cluster;
    this.#policies = policies;
    this.#d = d;
  }

  reserve(job: Job): void {
    const task = { job, machines: [], isLaunched: false };
    this.#tasks.set(job, task);
    this.#reserve(task);
  }

  /** A task whose machines are all closed gives its places up for others. */
  reserveWhereOpen(job: Job): void {
    const task = this.#tasks.get(job)!;
    const { fleet, decisions } = this.#cluster;
    if (task.machines.some((machine) => fleet.isOpen(machine))) return;
    for (const machine of task.machines) {
      decisions.push({ type: 'release', id: job.id, machine });
      const line = this.#lines[machine]!;
      line.splice(line.indexOf(task), 1);
    }
    task.machines.length = 0;
    this.#reserve(task);
  }

  open(machine: number): void {
    this.#lines[machine] = [];
    const homeless = this.#homeless;
    this.#homeless = [];
    for (const task of homeless) this.#reserve(task);
  }

  /** A machine takes no more work, and all places there are void. */
  close(machine: number): void {
    const line = this.#lines[machine]!;
    this.#lines[machine] = [];
    for (const task of line) {
      if (task.isLaunched) continue;
      task.machines.splice(task.machines.indexOf(machine), 1);
      if (task.machines.length === 0) this.#reserve(task);
    }
  }

  /** A machine with free slots launches those that hold a place there. */
  pull({ id, cores }: Host): void {
    const { fleet } = this.#cluster;
    const line = this.#lines[id]!;
    while (fleet.isOpen(id) && this.#policies.hasSlot(fleet.loadOf(id), cores)) {
      const task = this.#next(line);
      if (task === undefined) return;
      task.isLaunched = true;
      this.#tasks.delete(task.job);
      this.#cluster.place(task.job, this.#policies.launchesAt(id, fleet.open));
    }
  }

  #reserve(task: Task): void {
    const { fleet, generator, decisions, hosts } = this.#cluster;
    const { open } = fleet;
    if (open.length === 0) {
      this.#homeless.push(task);
      return;
    }
    const drawn = sampleDistinct(generator, open.length, this.#d);
    for (const index of drawn) {
      const machine = open[index]!;
      this.#lines[machine]!.push(task);
      task.machines.push(machine);
      decisions.push({ type: 'reserve', id: task.job.id, machine });
    }
    // Any of them may be the first to ask.
    const first = nextBelow(generator, drawn.length);
    for (let count = 0; count < drawn.length; count++) {
      this.#cluster.touch(hosts[task.machines[(first + count) % drawn.length]!]!);
    }
  }

  /** Takes the next one out of a line, and those before it that were launched elsewhere. */
  #next(line: Task[]): Task | undefined {
    let passed = 0;
    while (passed < line.length && line[passed]!.isLaunched) passed++;
    if (passed > 0) line.splice(0, passed);
    if (line.length === 0 || (passed > 0 && !this.#policies.asksOn)) return undefined;
    const index = this.#policies.launched(line);
    const [task] = line.splice(index, 1);
    return task;
  }
}
