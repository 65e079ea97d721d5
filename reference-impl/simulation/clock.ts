import type { Decision, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import { askForStep } from '../broken-scheduler.ts';
import { type Cores, OwnCores, SharedMachines } from './cores.ts';
import { type DiskFigures, Disks, type Transfer } from './disks.ts';
import { EventHeap } from './event-heap.ts';
import { type Ending, type Life, submission } from './life.ts';
import { LiveTable } from './live-table.ts';
import type { Played, PlayOptions } from './play-options.ts';
import { Prefetching } from './prefetching.ts';
import { Sampling, type ShardTurns, Source } from './sources.ts';
import { Ticking } from './ticking.ts';
import { Turns } from './turns.ts';
import { Usage } from './usage.ts';
import type { CallItem, WorkloadItem } from './workload.ts';

/**
 * Plays a workload into a scheduler in virtual time, from event to event, until nothing more will happen.
 *
 * A function is submitted when it arrives, to the shards in turn. A shard that is free and has something in its queue
 * takes a turn, which places one function and keeps the shard busy for `turnMs`. Who runs, and where, is learnt from
 * the decisions alone: a function that runs gets on (as fast as its machine's cores let it), grows, calls others and
 * waits for them, and finishes when it has had its run time; one that is preempted stops where it is. If a turn places
 * nothing although something waits, the shard rests until a machine joins or one of its queue is placed out of turn.
 *
 * Where paging takes time, a transfer that is started ends after its latency and its MB over the bandwidth of the disk, and
 * the scheduler is told by `paged`.
 *
 * A scheduler that says when it wants its next `tick` (`dueAt`) gets it then, and one that wants to know of each
 * invocation how long it will run (`expect`) is told before it is submitted or called.
 *
 * Of events at the same ms, functions grow, call and finish first, then transfers end, then come incidents, then arrivals, then turns, then
 * a tick.
 * Time is exact. Where cores are shared or a disk works it falls between whole ms, and the scheduler is told the ms that has begun.
 * Memory is proportional to the functions alive and to the shards, and an event costs the logarithm of that, whatever
 * the number of machines; what the scheduler needs comes on top.
 *
 * @throws InputError when the times of arrivals or incidents run backwards, and whatever the scheduler throws.
 */
export function play(options: PlayOptions): Played {
  const clock = new Clock(options);
  clock.advance(Number.POSITIVE_INFINITY);
  return clock.end();
}

type Arrivals = Source<'arrival', WorkloadItem>;
type Incidents = Source<'incident', TimedStimulus>;
type Happening = ShardTurns | Arrivals | Incidents | Sampling | Ticking | Transfer;

/** A play that can be played in parts, so that something else can have its turn meanwhile. */
export class Clock {
  readonly #options: PlayOptions;
  readonly #agenda = new EventHeap<Happening>();
  readonly #live = new LiveTable();
  readonly #cores: Cores;
  readonly #turns: Turns;
  readonly #ticking: Ticking | null;
  readonly #arrivals: Arrivals;
  readonly #incidents: Incidents;
  readonly #usage: Usage;
  readonly #disks: Disks | null;
  readonly #untilMs: number;
  #nowMs = 0;
  #steps = 0;
  #submitted = 0;

  constructor(options: PlayOptions) {
    const {
      configuration,
      scheduler,
      workload,
      incidents,
      sampling,
      turnMs,
      disk,
      untilMs,
      prefetchAbove = 4096,
    } = options;
    this.#options = options;
    this.#turns = new Turns(configuration.shards, this.#agenda, turnMs);
    this.#ticking = Ticking.of(scheduler, this.#agenda);
    this.#arrivals = new Source('arrival', workload, (item) => item.arriveMs);
    this.#incidents = new Source('incident', incidents ?? [], (incident) => incident.at);
    this.#usage = new Usage(configuration, sampling !== undefined);
    if ((disk === undefined) !== (configuration.paging === undefined)) {
      throw new Error('a disk goes with a configuration that has `paging`, and with no other');
    }
    this.#disks = disk === undefined ? null : new Disks(configuration, disk, this.#agenda, this.#usage);
    const prefetching = new Prefetching(this.#live, scheduler);
    this.#cores =
      scheduler.cores === 'shared'
        ? new SharedMachines(configuration)
        : new OwnCores(this.#live.slots, prefetchAbove, (slots) => prefetching.fetch(slots));
    this.#untilMs = untilMs ?? Number.POSITIVE_INFINITY;
    scheduler.reset(configuration);
    this.#step({ type: 'boot' });
    this.#scheduleNext(this.#arrivals);
    this.#scheduleNext(this.#incidents);
    if (sampling !== undefined) this.#agenda.add(new Sampling(), 0);
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many functions have arrived so far, and how many of all have not ended. */
  get counts(): { submitted: number; live: number } {
    return { submitted: this.#submitted, live: this.#usage.live };
  }

  /** Plays some events more. @returns whether there are any left. */
  advance(events: number): boolean {
    for (let played = 0; played < events; played++) {
      const next = this.#agenda.first;
      const agendaMs = next === undefined ? Number.POSITIVE_INFINITY : next.atMs;
      const dueMs = this.#cores.earliestMs;
      if (next?.kind === 'sample' && agendaMs <= dueMs && agendaMs <= this.#untilMs) {
        this.#sample(agendaMs);
      } else if (dueMs <= agendaMs) {
        if (dueMs > this.#untilMs || dueMs === Number.POSITIVE_INFINITY) return false;
        this.#passTo(dueMs);
        this.#act(this.#cores.takeDue(dueMs));
      } else {
        if (agendaMs > this.#untilMs) return false;
        this.#agenda.pop();
        this.#passTo(agendaMs);
        this.#happen(next!);
      }
    }
    return true;
  }

  /** Ends the play where it is: those that are still alive are unfinished. */
  end(): Played {
    if (this.#untilMs !== Number.POSITIVE_INFINITY) this.#passTo(this.#untilMs);
    for (const life of this.#live.all()) this.#end(life, 'unfinished');
    return { endedAtMs: this.#nowMs, steps: this.#steps, usage: this.#usage, disk: this.#diskFigures };
  }

  get #diskFigures(): DiskFigures | null {
    return this.#disks?.figures(this.#nowMs) ?? null;
  }

  #passTo(atMs: number): void {
    if (atMs > this.#nowMs) this.#nowMs = atMs;
    this.#usage.advance(this.#nowMs);
  }

  #happen(event: Happening): void {
    switch (event.kind) {
      case 'arrival':
        this.#submit(event.next!);
        this.#scheduleNext(event);
        break;
      case 'turn':
        this.#turn(event);
        break;
      case 'incident':
        this.#step(event.next!.stimulus);
        this.#scheduleNext(event);
        break;
      case 'tick':
        this.#step({ type: 'tick' });
        break;
      case 'paged':
        this.#disks!.end(event, this.#nowMs);
        this.#step({ type: 'paged', machine: event.machine });
        break;
    }
  }

  /** Goes on while anything else will happen: sampling alone is no reason for time to pass. */
  #sample(atMs: number): void {
    const sampling = this.#agenda.pop()!;
    const { everyMs, take } = this.#options.sampling!;
    const isOver = this.#agenda.size === 0 && this.#cores.earliestMs === Number.POSITIVE_INFINITY;
    if (isOver && this.#untilMs === Number.POSITIVE_INFINITY) return;
    this.#passTo(atMs);
    take(atMs, this.#usage, this.#diskFigures);
    this.#agenda.add(sampling, atMs + everyMs);
  }

  #scheduleNext(source: Arrivals | Incidents): void {
    const dueMs = source.advance();
    if (dueMs !== undefined) this.#agenda.add(source, dueMs);
  }

  #submit(item: WorkloadItem): void {
    const { initialMemory, shards } = this.#options.configuration;
    const life = this.#live.add(this.#submitted++, item, this.#nowMs, initialMemory, false);
    this.#usage.live++;
    this.#options.scheduler.expect?.(life.id, life.runMs);
    this.#step(submission(life, shards));
  }

  #act(life: Life): void {
    const deed = life.act(this.#cores.serviceMs(life, this.#nowMs));
    switch (deed.type) {
      case 'finish':
        // If a faulty scheduler does not end it, it is not asked again: the invocation stays unfinished.
        this.#step({ type: 'finish', id: life.id });
        break;
      case 'grow':
        this.#grow(life);
        break;
      case 'call':
        this.#call(life, deed.call);
        break;
    }
  }

  #grow(life: Life): void {
    const demandMb = life.demandMb;
    // Where paging takes time, what it asks for is nowhere until it is allocated.
    if (this.#disks === null || demandMb < life.reportedMb) {
      this.#usage.resize(life.machine, demandMb - life.reportedMb);
      life.reportedMb = demandMb;
    }
    this.#cores.goOn(life, this.#nowMs);
    this.#step({ type: 'resize', id: life.id, demand: demandMb });
  }

  /** A caller runs no more until it is woken and started again. */
  #call(caller: Life, { item }: CallItem): void {
    const { initialMemory, shards } = this.#options.configuration;
    this.#stop(caller);
    const callee = this.#live.add(this.#submitted++, item, this.#nowMs, initialMemory, true);
    this.#usage.live++;
    const { function: label, class: priceClass } = item;
    const { id } = callee;
    this.#options.scheduler.expect?.(id, callee.runMs);
    this.#step({
      type: 'call',
      caller: caller.id,
      id,
      function: label,
      class: priceClass,
      shard: id % shards,
    });
  }

  #turn(shard: ShardTurns): void {
    this.#turns.begin(shard, this.#nowMs);
    const decisions = this.#step({ type: 'turn', shard: shard.shard });
    const placed = decisions.some(({ type }) => type === 'place');
    this.#turns.end(shard, placed, this.#nowMs);
  }

  #step(stimulus: Stimulus): readonly Decision[] {
    const { scheduler, observer } = this.#options;
    const at = Math.floor(this.#nowMs);
    this.#steps++;
    const decisions = askForStep(scheduler, this.#steps, at, stimulus);
    for (const decision of decisions) this.#learn(decision);
    this.#usage.settle(this.#cores.busy);
    if (stimulus.type !== 'submit' && stimulus.type !== 'turn' && stimulus.type !== 'finish') {
      this.#note(stimulus);
    }
    this.#disks?.settle(stimulus, decisions, (id) => this.#live.find(id), this.#nowMs);
    this.#ticking?.ask(at, this.#usage.live > 0);
    observer?.({ at, stimulus, decisions });
    return decisions;
  }

  /** Takes note of what a stimulus does to the machines themselves. */
  #note(stimulus: Stimulus): void {
    this.#usage.note(stimulus);
    if (stimulus.type !== 'join') return;
    this.#cores.join(stimulus.machine, stimulus.cores);
    this.#turns.wake(this.#nowMs);
  }

  /**
   * What a decision means for its invocation. Decisions about unknown invocations are ignored. The type is checked
   * before anything else: decisions have many shapes, and few matter here.
   */
  #learn(decision: Decision): void {
    switch (decision.type) {
      case 'enqueue':
        this.#enqueue(this.#live.find(decision.id), decision.shard);
        break;
      case 'place':
        this.#place(this.#live.find(decision.id), decision.machine);
        break;
      case 'start':
        this.#start(this.#live.find(decision.id));
        break;
      case 'complete':
        this.#end(this.#live.find(decision.id), 'completed');
        break;
      case 'preempt':
        this.#stop(this.#live.find(decision.id));
        this.#usage.preemptions++;
        break;
      case 'pageOut':
        this.#swap(this.#live.find(decision.id), decision.memory);
        this.#usage.pagedOutMb += decision.memory;
        break;
      case 'pageIn':
        this.#swap(this.#live.find(decision.id), -decision.memory);
        break;
      case 'allocate':
        this.#allocate(this.#live.find(decision.id), decision.memory);
        break;
      case 'kill':
        this.#end(this.#live.find(decision.id), 'killed');
        break;
      case 'throttle':
        this.#end(this.#live.find(decision.id), 'throttled');
        break;
      case 'evict':
        this.#sendBack(this.#live.find(decision.id));
        this.#usage.preemptions++;
        break;
      case 'cancel':
        this.#end(this.#live.find(decision.id), 'killed');
        break;
      // Nobody moves for these.
      case 'wake':
      case 'list':
      case 'relist':
      case 'unlist':
      case 'reserve':
      case 'release':
      case 'probe':
      case 'forget':
      case 'refuse':
        break;
    }
  }

  #enqueue(life: Life | undefined, shard: number): void {
    if (life === undefined) return;
    this.#leave(life);
    life.queuedAt = shard;
    this.#turns.enqueue(shard, this.#nowMs);
  }

  /** Back to the queue of its shard; what it has executed is lost when it is placed again. */
  #sendBack(life: Life | undefined): void {
    this.#enqueue(life, life === undefined ? 0 : life.id % this.#options.configuration.shards);
  }

  #place(life: Life | undefined, machine: number): void {
    if (life === undefined) return;
    this.#leave(life);
    life.place(machine, this.#nowMs);
    this.#disks?.place(life);
    life.reportedMb = this.#disks === null ? life.demandMb : 0;
    this.#usage.resize(machine, life.reportedMb);
  }

  #start(life: Life | undefined): void {
    if (life !== undefined && !life.isRunning) this.#cores.start(life, this.#nowMs);
  }

  #stop(life: Life | undefined): void {
    if (life?.isRunning) this.#cores.stop(life, this.#nowMs);
  }

  #swap(life: Life | undefined, memoryMb: number): void {
    if (life === undefined) return;
    if (this.#disks !== null) {
      this.#disks.begin(life, memoryMb > 0 ? 'out' : 'in', Math.abs(memoryMb), this.#nowMs);
      return;
    }
    life.swappedMb += memoryMb;
    this.#usage.swap(life.machine, life.class, memoryMb);
  }

  #allocate(life: Life | undefined, memoryMb: number): void {
    if (life !== undefined) this.#disks?.allocate(life, memoryMb);
  }

  /** Takes an invocation off its queue or its machine, with all it holds there. */
  #leave(life: Life): void {
    if (life.queuedAt >= 0) this.#turns.dequeue(life.queuedAt, this.#nowMs);
    life.queuedAt = -1;
    this.#stop(life);
    if (life.machine < 0) return;
    this.#disks?.leave(life, this.#nowMs);
    if (life.swappedMb > 0) this.#usage.swap(life.machine, life.class, -life.swappedMb);
    this.#usage.resize(life.machine, -life.reportedMb);
    life.machine = -1;
    life.swappedMb = 0;
  }

  #end(life: Life | undefined, ending: Ending): void {
    if (life === undefined) return;
    const { id, submittedAtMs, placedAtMs, isCallee } = life;
    const endedAtMs = this.#nowMs;
    const executedMs = life.executedMs(life.isRunning ? this.#cores.serviceMs(life, endedAtMs) : endedAtMs);
    this.#leave(life);
    this.#live.remove(life);
    this.#usage.live--;
    this.#options.onEnd?.({
      id,
      item: life.item,
      ending,
      isCallee,
      submittedAtMs,
      endedAtMs,
      placedAtMs,
      executedMs,
    });
  }
}
