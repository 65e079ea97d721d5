import type { Bill, Decision, Outcome, Stimulus } from '../../../model/alphabet.ts';
import type { Configuration, MachineSize } from '../../../model/configuration.ts';
import { createGenerator, type Generator } from '../../random.ts';
import { type Accounts, type Budgets, renewSpendingHorizon } from '../../xx/budget.ts';
import { isSafe } from '../../xx/exact.ts';
import { billOf, meterCpu, resetMeter, setResident } from '../../xx/meter.ts';
import { type UsedIds, use } from '../../xx/used-ids.ts';
import { Fleet } from './fleet.ts';
import type { Host, Job } from './job.ts';
import { type Before, Fifo, Ranked } from './line.ts';

/**
 * What a machine starts. `sharing`: all at once, in equal parts of its cores. `fifo`: as many as it has cores, first
 * come first served; one that wakes goes to the end. `ranked`: as many as it has cores, the best of those that are ready
 * first; `preempts`: and of those that run the worst makes way for a better one.
 */
export type Machines =
  | { readonly kind: 'sharing' }
  | { readonly kind: 'fifo' }
  | { readonly kind: 'ranked'; readonly before: Before; readonly preempts: boolean };

/** Why an invocation has left its machine. */
export type Leaving = 'completed' | 'lost' | 'evicted' | 'cancelled';

/** What a peer wants to know as it happens, beside its turns. Whatever it does then follows in the same step. */
export interface Heard {
  /** It has joined the queue of its shard: submitted, called, lost in a crash or evicted. */
  queued?(job: Job): void;
  /** It has left its machine, whose core another one may have by now. */
  left?(job: Job, host: Host, leaving: Leaving): void;
  /** It waits for a callee, and has given up its core. */
  blocked?(job: Job, host: Host): void;
  /** Its callee has ended, and it waits for a core again, or has one. */
  woken?(job: Job, host: Host): void;
}

const NOTHING: Bill = { cpuMs: 0, mbMs: 0, cost: 0 };

/**
 * What every peer is built on: what is where, what machines do by themselves, and decisions, each of which has its effect
 * as it is said. Functions have classes, and are metered and billed as XX bills them, but nothing here goes by class or
 * price. Memory is never swapped, and no invocation is killed for it.
 */
export class Cluster {
  readonly config: Configuration;
  readonly generator: Generator;
  readonly jobs = new Map<number, Job>();
  /** By shard: what waits there, first come first served. */
  readonly queues: readonly Fifo[];
  readonly hosts: Host[] = [];
  readonly fleet = new Fleet();
  readonly usedIds: UsedIds = { starts: [], ends: [] };
  /** Time of the last step, in ms. */
  now = 0;
  isBooted = false;
  /** The decisions of the step so far. */
  decisions: Decision[] = [];
  /** Machines where the step has changed something, each once. */
  readonly touched: Host[] = [];
  heard: Heard = {};
  /** What accounts are kept by. */
  readonly prices: readonly number[];
  readonly budgets: Budgets['budgets'];
  readonly accounts: Accounts['accounts'];
  spendingSafeUntil = Number.POSITIVE_INFINITY;
  readonly #machines: Machines;
  #tickets = 0;

  constructor(config: Configuration, machines: Machines) {
    this.config = config;
    this.#machines = machines;
    this.generator = createGenerator(config.seed);
    this.queues = Array.from({ length: config.shards }, () => new Fifo());
    this.prices = config.classes.map(({ price }) => price);
    this.budgets = config.tenants.map((tenant) => (tenant.budget === null ? null : tenant));
    this.accounts = config.tenants.map(() => ({ periodStart: 0, spent: 0, since: 0, rate: 0, rateHigh: 0 }));
    for (const [id, size] of config.machines.entries()) this.join(id, size);
  }

  /** Begins a step, which is possible. */
  begin(at: number): void {
    renewSpendingHorizon(this, this, at);
    this.now = at;
    this.isBooted = true;
    this.decisions = [];
  }

  /** A root is submitted, or one is called, whose caller blocks; it is in no queue yet. */
  create(stimulus: Extract<Stimulus, { type: 'submit' | 'call' }>): Job {
    const { id, shard, class: priceClass } = stimulus;
    const caller = stimulus.type === 'call' ? this.jobs.get(stimulus.caller)! : undefined;
    const job: Job = {
      id,
      tenant: stimulus.type === 'call' ? caller!.tenant : stimulus.tenant,
      function: stimulus.function,
      class: priceClass,
      isRoot: caller === undefined,
      phase: 'queued',
      shard,
      enqueuedAt: this.now,
      ticket: 0,
      placedAt: 0,
      machine: -1,
      attempt: 1,
      isGivenUp: false,
      caller,
      callee: undefined,
      ahead: undefined,
      behind: undefined,
      mark: 0,
      resident: 0,
      cpuMs: 0,
      mbMs: 0,
      meteredAt: this.now,
    };
    use(this.usedIds, id);
    this.jobs.set(id, job);
    if (caller !== undefined) this.#block(caller, job);
    return job;
  }

  enqueue(job: Job): void {
    const { id, shard, class: priceClass } = job;
    this.decisions.push({ type: 'enqueue', id, shard, class: priceClass, degraded: false });
    this.#joinQueue(job);
  }

  #joinQueue(job: Job): void {
    job.phase = 'queued';
    job.enqueuedAt = this.now;
    job.ticket = this.#tickets++;
    this.queues[job.shard]!.push(job);
    this.heard.queued?.(job);
  }

  /** Turns away a root that was just submitted. */
  throttle({ id }: Job): void {
    this.jobs.delete(id);
    this.decisions.push({ type: 'throttle', id });
  }

  /** The invocation that has waited longest of all that are queued at any shard. */
  earliestQueued(): Job | undefined {
    let earliest: Job | undefined;
    for (const { first } of this.queues) {
      if (first !== undefined && (earliest === undefined || first.ticket < earliest.ticket)) earliest = first;
    }
    return earliest;
  }

  /** Puts one that is queued on a machine that is open, and starts it there if it may start. */
  place(job: Job, machine: number, polled: number[] = [machine]): void {
    const { id, shard } = job;
    this.queues[shard]!.remove(job);
    this.decisions.push({ type: 'place', id, shard, machine, via: 'poll', polled });
    this.#put(job, machine);
  }

  /** The same, by the entry of the machine on the idle list of the shard. */
  placeListed(job: Job, machine: number): void {
    const { id, shard } = job;
    this.queues[shard]!.remove(job);
    this.decisions.push({ type: 'place', id, shard, machine, via: 'idle-list' });
    this.#put(job, machine);
  }

  #put(job: Job, machine: number): void {
    const host = this.hosts[machine]!;
    job.machine = machine;
    job.placedAt = this.now;
    resetMeter(job, this.now);
    host.live++;
    this.#resize(job, host, this.config.initialMemory);
    this.#makeReady(job, host);
  }

  resize(job: Job, demand: number): void {
    const host = this.hosts[job.machine]!;
    this.#resize(job, host, demand);
    this.touch(host);
  }

  /** A running one has finished: it is billed, its caller wakes, and its core goes to the next. */
  complete(job: Job): void {
    const host = this.hosts[job.machine]!;
    this.decisions.push({ type: 'complete', id: job.id, bill: billOf(this, this, job) });
    this.#end(job, host, 'completed', 'ok');
    this.#settle(host);
  }

  /** What one that runs would owe at a time that is not earlier than now. @throws ImpossibleStimulus when that cannot be said. */
  billAt(at: number, { id, tenant, class: priceClass, phase, resident, cpuMs, mbMs, meteredAt }: Job): Bill {
    const then = { id, tenant, class: priceClass, phase, resident, cpuMs, mbMs, meteredAt };
    return billOf(this, { now: at }, then);
  }

  /** Sends one back from its machine to the queue of its shard, where it begins anew: where there are evictions. */
  evict(job: Job): void {
    this.decisions.push({ type: 'evict', id: job.id });
    this.#depart(job, this.hosts[job.machine]!, 'evicted');
    orphanCallee(job);
    this.#joinQueue(job);
  }

  /** A machine that is down, or a new one, is up and empty. */
  join(id: number, { cores, ram }: MachineSize): Host {
    const before = this.hosts[id];
    const host: Host = before ?? {
      id,
      cores,
      ram,
      status: 'up',
      live: 0,
      running: 0,
      runs: [],
      ready: this.#machines.kind === 'ranked' ? new Ranked(this.#machines.before) : new Fifo(),
      resident: 0,
      isTouched: false,
    };
    host.cores = cores;
    host.ram = ram;
    host.status = 'up';
    this.hosts[id] = host;
    this.fleet.join(id, cores);
    this.touch(host);
    return host;
  }

  /** A machine takes no new invocations; as soon as it is empty it is down. */
  drain(id: number): Host {
    const host = this.hosts[id]!;
    this.touch(host);
    host.status = host.live === 0 ? 'down' : 'draining';
    this.fleet.close(id);
    return host;
  }

  /**
   * A machine is gone, and all that live there are lost together: which of them waits for which is forgotten. Each must
   * then be given to {@link retry}.
   *
   * @returns the lost, by their ids.
   */
  crash(id: number): Job[] {
    const host = this.hosts[id]!;
    host.status = 'down';
    this.fleet.close(id);
    this.touch(host);
    const lost = [...this.jobs.values()].filter(({ machine }) => machine === id);
    lost.sort((a, b) => a.id - b.id);
    for (const job of lost) {
      this.#depart(job, host, 'lost');
      orphanCallee(job);
    }
    return lost;
  }

  /** One that was lost is queued again, or killed when it has been tried often enough. */
  retry(job: Job): void {
    if (job.attempt < this.config.maxAttempts) {
      job.attempt++;
      this.enqueue(job);
      return;
    }
    const { id, caller } = job;
    this.jobs.delete(id);
    this.decisions.push({ type: 'kill', id, reason: 'attempts', bill: NOTHING });
    job.caller = undefined;
    if (caller !== undefined) this.#wake(caller, 'failed');
  }

  #block(caller: Job, callee: Job): void {
    const host = this.hosts[caller.machine]!;
    caller.callee = callee;
    this.#leaveCore(caller, host);
    caller.phase = 'blocked';
    this.heard.blocked?.(caller, host);
    this.touch(host);
  }

  #wake(caller: Job, outcome: Outcome): void {
    const host = this.hosts[caller.machine]!;
    caller.callee = undefined;
    this.decisions.push({ type: 'wake', id: caller.id, outcome });
    this.#makeReady(caller, host);
    this.heard.woken?.(caller, host);
  }

  #end(job: Job, host: Host, leaving: Leaving, outcome: Outcome): void {
    const { caller } = job;
    this.#depart(job, host, leaving);
    orphanCallee(job);
    job.caller = undefined;
    this.jobs.delete(job.id);
    if (caller !== undefined) this.#wake(caller, outcome);
  }

  #depart(job: Job, host: Host, leaving: Leaving): void {
    if (job.phase !== 'blocked') this.#leaveCore(job, host);
    this.#resize(job, host, 0);
    job.machine = -1;
    host.live--;
    if (host.status === 'draining' && host.live === 0) host.status = 'down';
    this.touch(host);
    this.heard.left?.(job, host, leaving);
  }

  /** One that is ready or runs has no claim to a core any more. */
  #leaveCore(job: Job, host: Host): void {
    if (job.phase === 'running') this.#stop(job, host);
    else host.ready.remove(job);
    this.fleet.change(host.id, -1);
  }

  #makeReady(job: Job, host: Host): void {
    job.phase = 'ready';
    host.ready.push(job);
    this.fleet.change(host.id, 1);
    this.#settle(host);
  }

  /** Starts what the machine starts now, and preempts for it. */
  #settle(host: Host): void {
    const { ready } = host;
    const machines = this.#machines;
    this.touch(host);
    const most = machines.kind === 'sharing' ? Number.POSITIVE_INFINITY : host.cores;
    while (ready.first !== undefined && host.running < most) this.#start(ready.first, host);
    if (machines.kind !== 'ranked' || !machines.preempts) return;
    for (let next = ready.first; next !== undefined; next = ready.first) {
      const worst = worstOf(host.runs, machines.before);
      if (!machines.before(next, worst)) return;
      this.#stop(worst, host);
      worst.phase = 'ready';
      this.decisions.push({ type: 'preempt', id: worst.id });
      this.#start(next, host);
      ready.push(worst);
    }
  }

  #start(job: Job, host: Host): void {
    host.ready.remove(job);
    meterCpu(this, this, job, true);
    job.phase = 'running';
    host.running++;
    if (this.#machines.kind === 'ranked') host.runs.push(job);
    this.decisions.push({ type: 'start', id: job.id });
  }

  #stop(job: Job, host: Host): void {
    meterCpu(this, this, job, false);
    host.running--;
    if (this.#machines.kind === 'ranked') host.runs.splice(host.runs.indexOf(job), 1);
  }

  #resize(job: Job, host: Host, demand: number): void {
    setResident(this, this, host, job, demand);
    if (isSafe(host.resident + this.config.initialMemory)) {
      if (host.status === 'up' && !this.fleet.isOpen(host.id)) this.fleet.admit(host.id);
    } else {
      this.fleet.close(host.id);
    }
  }

  /** Has the rules look at a machine at the end of the step. */
  touch(host: Host): void {
    if (host.isTouched) return;
    host.isTouched = true;
    this.touched.push(host);
  }

  /** Lets a machine start what it starts now: after an invocation has blocked. */
  settle(host: Host): void {
    this.#settle(host);
  }
}

function orphanCallee(job: Job): void {
  if (job.callee === undefined) return;
  job.callee.caller = undefined;
  job.callee = undefined;
}

function worstOf(runs: readonly Job[], before: Before): Job {
  let worst = runs[0]!;
  for (const job of runs) if (before(worst, job)) worst = job;
  return worst;
}
