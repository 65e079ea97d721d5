import type { Bill, Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { createGenerator, type Generator, sampleDistinct } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import { Fleet } from './fleet.ts';

/** Where a Hermod places a function next, among the machines that are up; and which machines it polled. */
export type Chooser = (
  fleet: Fleet,
  configuration: Configuration,
  generator: Generator,
) => { machine: number; polled: number[] };

/** Hermod has no prices and bills nobody. */
const FREE: Bill = { cpuMs: 0, mbMs: 0, cost: 0 };

/** An invocation as Hermod knows it: no class, no memory. */
interface Job {
  id: number;
  shard: number;
  class: number;
  machine: number;
  isBlocked: boolean;
  attempt: number;
  caller: Job | undefined;
}

/**
 * Hermod (Kaffes et al., SoCC 2022) as XX's paper simulates it (section 4.2): the least loaded of k machines that are
 * polled, early binding, and processor sharing among a machine's functions. Shards are first come first served. It has
 * no classes, no budgets and no idea of memory: it neither swaps nor kills.
 */
export function createHermod(): Scheduler {
  return createSharing('hermod', (fleet, { kMachines }, generator) => {
    const polled = sampleDistinct(generator, fleet.up.length, kMachines).map((index) => fleet.up[index]!);
    return { machine: fleet.leastLoaded(polled), polled };
  });
}

/**
 * Hermod as its own paper has it: with a view of the whole cluster, it consolidates below the capacity of the cores (the
 * fullest machine that is not empty and has a core free, else an empty one), and above it takes the least loaded of all.
 * Start-ups take no time in this simulation, so a warm sandbox is worth nothing and is not looked for.
 */
export function createHermodHybrid(): Scheduler {
  return createSharing('hermod-hybrid', (fleet) => {
    const machine = fleet.fullestWithFreeCore() ?? fleet.leastLoadedOfAll();
    return { machine, polled: [machine] };
  });
}

function createSharing(name: string, choose: Chooser): Scheduler {
  let core: SharingScheduler | undefined;
  return {
    name,
    cores: 'shared',
    memory: 'unbounded',
    reset(configuration) {
      core = new SharingScheduler(configuration, choose);
    },
    step(at, stimulus) {
      if (core === undefined) throw new Error('reset comes before the first step');
      return core.step(at, stimulus);
    },
  };
}

class SharingScheduler {
  readonly #configuration: Configuration;
  readonly #choose: Chooser;
  readonly #generator: Generator;
  readonly #fleet: Fleet;
  readonly #queues: { jobs: Job[]; head: number }[];
  readonly #jobs = new Map<number, Job>();
  #lastId = -1;

  constructor(configuration: Configuration, choose: Chooser) {
    this.#configuration = configuration;
    this.#choose = choose;
    this.#generator = createGenerator(configuration.seed);
    this.#fleet = new Fleet(configuration.machines.map(({ cores }) => cores));
    this.#queues = Array.from({ length: configuration.shards }, () => ({ jobs: [], head: 0 }));
  }

  step(at: number, stimulus: Stimulus): Decision[] {
    switch (stimulus.type) {
      case 'submit':
        return this.#admit(stimulus, undefined, at);
      case 'call':
        return this.#call(stimulus, at);
      case 'turn':
        return this.#turn(stimulus.shard);
      case 'finish':
        return this.#finish(stimulus.id, at);
      case 'join':
        this.#fleet.join(stimulus.machine, stimulus.cores);
        return [];
      case 'drain':
        this.#fleet.leave(stimulus.machine);
        return [];
      case 'crash':
        return this.#crash(stimulus.machine);
      case 'boot':
      case 'resize':
      case 'antagonist':
      case 'restart':
      case 'tick':
      case 'timeout':
        return [];
    }
  }

  #admit(
    { id, shard, class: priceClass }: Extract<Stimulus, { type: 'submit' | 'call' }>,
    caller: Job | undefined,
    at: number,
  ): Decision[] {
    if (id <= this.#lastId && this.#jobs.has(id)) refuse(at, `there is an invocation ${id} already`);
    if (this.#queues[shard] === undefined) refuse(at, `there is no shard ${shard}`);
    this.#lastId = Math.max(this.#lastId, id);
    const job = { id, shard, class: priceClass, machine: -1, isBlocked: false, attempt: 1, caller };
    this.#jobs.set(id, job);
    return [this.#enqueue(job)];
  }

  #enqueue(job: Job): Decision {
    const { id, shard, class: priceClass } = job;
    this.#queues[shard]!.jobs.push(job);
    return { type: 'enqueue', id, shard, class: priceClass, degraded: false };
  }

  #call(stimulus: Extract<Stimulus, { type: 'call' }>, at: number): Decision[] {
    const caller = this.#running(stimulus.caller, at);
    caller.isBlocked = true;
    this.#fleet.change(caller.machine, -1);
    return this.#admit(stimulus, caller, at);
  }

  #turn(shard: number): Decision[] {
    const queue = this.#queues[shard];
    const job = queue?.jobs[queue.head];
    if (queue === undefined || job === undefined || this.#fleet.up.length === 0) return [];
    queue.head++;
    if (queue.head === queue.jobs.length || queue.head > LONGEST_PAST) {
      queue.jobs.splice(0, queue.head);
      queue.head = 0;
    }
    const { machine, polled } = this.#choose(this.#fleet, this.#configuration, this.#generator);
    const { id } = job;
    job.machine = machine;
    this.#fleet.change(machine, 1);
    return [
      { type: 'place', id, shard, machine, via: 'poll', polled },
      { type: 'start', id },
    ];
  }

  #finish(id: number, at: number): Decision[] {
    const job = this.#running(id, at);
    this.#jobs.delete(id);
    this.#fleet.change(job.machine, -1);
    return [{ type: 'complete', id, bill: FREE }, ...this.#wake(job, 'ok')];
  }

  /** A caller goes on sharing its machine as soon as its callee has ended. */
  #wake({ caller }: Job, outcome: 'ok' | 'failed'): Decision[] {
    if (caller === undefined || !caller.isBlocked) return [];
    caller.isBlocked = false;
    this.#fleet.change(caller.machine, 1);
    return [
      { type: 'wake', id: caller.id, outcome },
      { type: 'start', id: caller.id },
    ];
  }

  #crash(machine: number): Decision[] {
    const lost = [...this.#jobs.values()].filter((job) => job.machine === machine);
    const isLost = new Set(lost);
    this.#fleet.leave(machine);
    this.#fleet.clear(machine);
    // It is forgotten which waited for which: a new attempt calls again, and an orphan continues and wakes nobody.
    for (const job of this.#jobs.values()) {
      if (job.caller !== undefined && isLost.has(job.caller)) job.caller = undefined;
    }
    const decisions: Decision[] = [];
    for (const job of lost.sort((a, b) => a.id - b.id)) {
      job.machine = -1;
      job.isBlocked = false;
      if (job.attempt < this.#configuration.maxAttempts) {
        job.attempt++;
        decisions.push(this.#enqueue(job));
        continue;
      }
      this.#jobs.delete(job.id);
      decisions.push(
        { type: 'kill', id: job.id, reason: 'attempts', bill: FREE },
        ...this.#wake(job, 'failed'),
      );
    }
    return decisions;
  }

  #running(id: number, at: number): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) refuse(at, `there is no invocation ${id}, or it has ended`);
    if (job.machine < 0 || job.isBlocked) refuse(at, `invocation ${id} is not running`);
    return job;
  }
}

/** How many that have left a queue it keeps before it frees their room. */
const LONGEST_PAST = 64;

function refuse(at: number, cause: string): never {
  throw new ImpossibleStimulus(`at ${at}: ${cause}`);
}
