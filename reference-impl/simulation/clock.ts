import type { Decision, Step, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../scheduler.ts';
import { EventHeap } from './event-heap.ts';
import { type EndedInvocation, type Ending, Life } from './life.ts';
import { ShardTurns, Source } from './sources.ts';
import { Usage } from './usage.ts';
import type { WorkloadItem } from './workload.ts';

/** What to play, and who wants to know of it. */
export interface PlayOptions {
  scheduler: Scheduler;
  configuration: Configuration;
  /** In the order of arrival. Read one ahead, so it may be a generator and longer than the memory. */
  workload: Iterable<WorkloadItem>;
  /** What else happens to the cluster (machines that join, drain, crash, …), in the order of time. */
  incidents?: Iterable<TimedStimulus>;
  /** How long a shard takes to place one function, in ms; 0 for none. */
  turnMs?: number;
  /** Is given every step. */
  observer?: (step: Step) => void;
  /** Is given every invocation once: when it ends, or unfinished at the end of time. */
  onEnd?: (ended: EndedInvocation) => void;
}

export interface Played {
  /** The time of the last step, in ms. */
  endedAtMs: number;
  /** How many stimuli the scheduler was given. */
  steps: number;
  usage: Usage;
}

/**
 * Plays a workload into a scheduler in virtual time, from event to event, until nothing more will happen.
 *
 * A function is submitted when it arrives, to the shards in turn. A shard that has somebody in its queue takes a turn
 * `turnMs` later, and another as long as it has. Who runs, and where, is learnt from the decisions alone: a function
 * that runs gets on, grows, and finishes when it has had its run time; one that is preempted stops where it is. If a
 * turn places nobody although somebody waits, no machine is up, and the shard rests until one joins.
 *
 * Of events at the same ms, functions grow and finish first, then come incidents, then arrivals, then turns. Memory is
 * proportional to the functions alive and to the shards, and an event costs the logarithm of that, whatever the number
 * of machines; what the scheduler needs comes on top.
 *
 * @throws whatever the scheduler throws.
 */
export function play(options: PlayOptions): Played {
  return new Clock(options).run();
}

type Arrivals = Source<'arrival', WorkloadItem>;
type Incidents = Source<'incident', TimedStimulus>;

class Clock {
  readonly #options: PlayOptions;
  readonly #heap = new EventHeap<Life | ShardTurns | Arrivals | Incidents>();
  readonly #lives = new Map<number, Life>();
  readonly #shards: ShardTurns[];
  readonly #arrivals: Arrivals;
  readonly #incidents: Incidents;
  readonly #usage: Usage;
  #nowMs = 0;
  #steps = 0;
  #submitted = 0;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.#shards = Array.from({ length: options.configuration.shards }, (_, shard) => new ShardTurns(shard));
    this.#arrivals = new Source('arrival', options.workload, (item) => item.arriveMs);
    this.#incidents = new Source('incident', options.incidents ?? [], (incident) => incident.at);
    this.#usage = new Usage(options.configuration);
  }

  run(): Played {
    this.#options.scheduler.reset(this.#options.configuration);
    this.#step({ type: 'boot' });
    this.#schedule(this.#arrivals);
    this.#schedule(this.#incidents);
    for (let event = this.#heap.pop(); event !== undefined; event = this.#heap.pop()) {
      this.#nowMs = event.atMs;
      this.#usage.advance(this.#nowMs);
      switch (event.kind) {
        case 'life':
          this.#act(event);
          break;
        case 'incident':
          this.#step(event.next!.stimulus);
          this.#schedule(this.#incidents);
          break;
        case 'arrival':
          this.#submit(event.next!);
          this.#schedule(this.#arrivals);
          break;
        case 'turn':
          this.#turn(event);
          break;
      }
    }
    for (const life of this.#lives.values()) this.#end(life, 'unfinished');
    return { endedAtMs: this.#nowMs, steps: this.#steps, usage: this.#usage };
  }

  #schedule(source: Arrivals | Incidents): void {
    const dueMs = source.advance();
    if (dueMs !== undefined) this.#heap.add(source, Math.max(this.#nowMs, dueMs));
  }

  #submit(item: WorkloadItem): void {
    const id = this.#submitted++;
    const { initialMemory, shards } = this.#options.configuration;
    this.#lives.set(id, new Life(id, item, initialMemory));
    const { tenant, function: label, class: priceClass } = item;
    this.#step({ type: 'submit', id, tenant, function: label, class: priceClass, shard: id % shards });
  }

  #act(life: Life): void {
    const stimulus = life.act();
    if (stimulus.type === 'resize') {
      this.#usage.residentMb += stimulus.demand - life.demandMb;
      life.demandMb = stimulus.demand;
    }
    this.#step(stimulus);
    // One that has asked to finish and was not let go by a faulty scheduler is not asked again: it stays unfinished.
    if (stimulus.type === 'resize' && life.isRunning && life.heapIndex < 0) this.#goOn(life);
  }

  #turn(shard: ShardTurns): void {
    const before = shard.waiting;
    this.#step({ type: 'turn', shard: shard.shard });
    shard.isResting = before > 0 && shard.waiting >= before;
    this.#scheduleTurn(shard);
  }

  #scheduleTurn(shard: ShardTurns): void {
    if (shard.waiting === 0 || shard.isResting || shard.heapIndex >= 0) return;
    this.#heap.add(shard, this.#nowMs + (this.#options.turnMs ?? 0));
  }

  #goOn(life: Life): void {
    this.#heap.add(life, life.nextAtMs(this.#nowMs));
  }

  #step(stimulus: Stimulus): void {
    const { scheduler, observer } = this.#options;
    const decisions = scheduler.step(this.#nowMs, stimulus);
    this.#steps++;
    this.#usage.note(stimulus);
    for (const decision of decisions) this.#learn(decision);
    this.#usage.settle();
    if (stimulus.type === 'join') {
      for (const shard of this.#shards) {
        shard.isResting = false;
        this.#scheduleTurn(shard);
      }
    }
    observer?.({ at: this.#nowMs, stimulus, decisions });
  }

  /** What a decision means to the one it is about. What a scheduler says of invocations that are not there is passed over. */
  #learn(decision: Decision): void {
    if (!('id' in decision)) return;
    const life = this.#lives.get(decision.id);
    if (life === undefined) return;
    switch (decision.type) {
      case 'enqueue':
        this.#leave(life);
        life.queuedAt = decision.shard;
        this.#queue(life, 1);
        break;
      case 'place':
        this.#leave(life);
        life.place();
        this.#usage.residentMb += life.demandMb;
        break;
      case 'start':
        if (life.isRunning) break;
        life.start(this.#nowMs);
        this.#usage.busyCores++;
        this.#goOn(life);
        break;
      case 'preempt':
        this.#stop(life);
        this.#usage.preemptions++;
        break;
      case 'pageOut':
        this.#swap(life, decision.memory);
        this.#usage.pagedOutMb += decision.memory;
        break;
      case 'pageIn':
        this.#swap(life, -decision.memory);
        break;
      case 'complete':
        this.#end(life, 'completed');
        break;
      case 'kill':
        this.#end(life, 'killed');
        break;
      case 'throttle':
        this.#end(life, 'throttled');
        break;
      case 'wake':
        break;
    }
  }

  #queue(life: Life, difference: 1 | -1): void {
    const shard = this.#shards[life.queuedAt ?? -1];
    if (shard === undefined) return;
    shard.waiting += difference;
    if (difference > 0) this.#scheduleTurn(shard);
  }

  #stop(life: Life): void {
    if (!life.isRunning) return;
    life.stop(this.#nowMs);
    this.#usage.busyCores--;
    this.#heap.remove(life);
  }

  #swap(life: Life, memoryMb: number): void {
    life.swappedMb += memoryMb;
    this.#usage.swappedMb += memoryMb;
    this.#usage.residentMb -= memoryMb;
  }

  /** Takes an invocation off its queue or its machine, with all it holds there. */
  #leave(life: Life): void {
    this.#queue(life, -1);
    life.queuedAt = undefined;
    this.#stop(life);
    if (!life.isPlaced) return;
    life.isPlaced = false;
    this.#usage.residentMb -= life.demandMb - life.swappedMb;
    this.#usage.swappedMb -= life.swappedMb;
    life.swappedMb = 0;
  }

  #end(life: Life, ending: Ending): void {
    const { id, item } = life;
    const endedAtMs = this.#nowMs;
    const executedMs = life.executedMs(endedAtMs);
    this.#leave(life);
    this.#lives.delete(id);
    const submittedAtMs = item.arriveMs;
    this.#options.onEnd?.({ id, item, ending, submittedAtMs, endedAtMs, executedMs });
  }
}
