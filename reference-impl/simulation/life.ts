import type { Stimulus } from '../../model/alphabet.ts';
import { PRECEDENCE, type Scheduled } from './event-heap.ts';
import { demandAfterMb, growthAtMs, nextGrowthStep } from './growth.ts';
import type { CallItem, WorkloadItem } from './workload.ts';

/** How an invocation ended, or that it had not when the simulation did. */
export type Ending = 'completed' | 'killed' | 'throttled' | 'unfinished';

/** What became of an invocation. */
export interface EndedInvocation {
  id: number;
  item: WorkloadItem;
  ending: Ending;
  /** Whether another one called it and waited. */
  isCallee: boolean;
  /** When it was submitted (or called) and when it ended, in ms. */
  submittedAtMs: number;
  endedAtMs: number;
  /** When it was last placed on a machine, in ms; -1 for one that never was. */
  placedAtMs: number;
  /** How long its last attempt ran. */
  executedMs: number;
}

/** What a live invocation does next, once it has run far enough. */
type Deed = { type: 'finish' } | { type: 'grow'; step: number } | { type: 'call'; call: CallItem };

/**
 * A live invocation: how far it has come, and what it does next if it is left running. It gets on only while it runs;
 * one that is stopped keeps what it has executed. How fast it gets on is its machine's affair: the times given here are
 * those of a clock of service, which is the clock itself where it has a core of its own.
 */
export class Life implements Scheduled {
  /** Its place in the clock's table, which it keeps when it stands for another invocation. */
  readonly slot: number;
  id = -1;
  // The fields of its item. The item itself is not kept: while it is alive, the garbage collector would have to copy
  // it.
  arriveMs = 0;
  function = '';
  tenant = 0;
  class = 0;
  runMs = 1;
  finalMemoryMb = 1;
  growthSteps = 0;
  alreadyMs = 0;
  calls: readonly CallItem[] | undefined;
  submittedAtMs = 0;
  isCallee = false;
  /** The shard in whose queue it waits, or -1 once it is placed. */
  queuedAt = -1;
  placedAtMs = -1;
  /** Where it is placed, or -1. */
  machine = -1;
  isRunning = false;
  demandMb = 0;
  /** The part of its demand that the cluster's usage already counts. */
  reportedMb = 0;
  swappedMb = 0;
  #initialMemoryMb = 0;
  #executedMs = 0;
  #startedAtMs = 0;
  #nextGrowth: number | undefined;
  #nextCall = 0;

  // Where cores are shared, for the heap of its machine; last, since nothing else reads it.
  readonly precedence = PRECEDENCE.life;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;

  constructor(slot: number) {
    this.slot = slot;
  }

  /** Stands for this invocation from now on, as if it were new: reusing the object leaves no garbage. */
  begin(id: number, item: WorkloadItem, nowMs: number, initialMemoryMb: number, isCallee: boolean): void {
    this.id = id;
    this.arriveMs = item.arriveMs;
    this.function = item.function;
    this.tenant = item.tenant;
    this.class = item.class;
    this.runMs = item.runMs;
    this.finalMemoryMb = item.finalMemoryMb;
    this.growthSteps = item.growthSteps;
    this.alreadyMs = item.alreadyMs ?? 0;
    this.calls = item.calls;
    this.submittedAtMs = nowMs;
    this.isCallee = isCallee;
    this.queuedAt = -1;
    this.placedAtMs = -1;
    this.machine = -1;
    this.isRunning = false;
    this.demandMb = 0;
    this.reportedMb = 0;
    this.swappedMb = 0;
    this.#initialMemoryMb = initialMemoryMb;
    this.#executedMs = 0;
    this.#startedAtMs = 0;
    this.#nextGrowth = undefined;
    this.#nextCall = 0;
  }

  /** What it was begun with. */
  get item(): WorkloadItem {
    const {
      arriveMs,
      function: label,
      tenant,
      class: priceClass,
      runMs,
      finalMemoryMb,
      growthSteps,
      calls,
    } = this;
    const item = { arriveMs, function: label, tenant, class: priceClass, runMs, finalMemoryMb, growthSteps };
    const { alreadyMs } = this;
    return {
      ...item,
      ...(alreadyMs === 0 ? {} : { alreadyMs }),
      ...(calls === undefined ? {} : { calls }),
    };
  }

  /** Begins on a machine, as its item says: what an attempt before this one executed, or called, is lost. */
  place(machine: number, nowMs: number): void {
    this.machine = machine;
    this.placedAtMs = nowMs;
    this.demandMb = this.#initialMemoryMb;
    this.#executedMs = 0;
    this.#nextCall = 0;
    this.#nextGrowth = nextGrowthStep(this, 0, this.#initialMemoryMb);
    if (this.alreadyMs > 0) this.#resume();
  }

  /** Goes on after what it has behind it: it grows to what it was as soon as it runs, and waits for nobody any more. */
  #resume(): void {
    this.#executedMs = this.alreadyMs;
    const isBehind = ({ afterMs }: CallItem): boolean => afterMs < this.alreadyMs;
    this.#nextCall = this.calls?.filter(isBehind).length ?? 0;
    let step = this.#nextGrowth;
    while (step !== undefined && growthAtMs(this, step) <= this.alreadyMs) {
      this.#nextGrowth = step;
      step = nextGrowthStep(this, step, this.#initialMemoryMb);
    }
  }

  start(serviceMs: number): void {
    this.isRunning = true;
    this.#startedAtMs = serviceMs;
  }

  stop(serviceMs: number): void {
    this.#executedMs = this.executedMs(serviceMs);
    this.isRunning = false;
  }

  /** How long this attempt has run by now. */
  executedMs(serviceMs: number): number {
    return this.#executedMs + (this.isRunning ? serviceMs - this.#startedAtMs : 0);
  }

  /**
   * The sum means nothing: these fields lie far enough apart that reading them fetches the whole object from memory.
   */
  get sumOfFields(): number {
    return (
      this.#executedMs +
      this.#startedAtMs +
      this.submittedAtMs +
      this.placedAtMs +
      this.runMs +
      this.swappedMb
    );
  }

  /** When it will grow, call or finish, if it is left running from when it started. */
  get dueAtMs(): number {
    return this.#startedAtMs - this.#executedMs + this.#targetMs(this.#next());
  }

  /** What it does now that it has run up to its next action; its demand is then what it has grown to. */
  act(serviceMs: number): Deed {
    const deed = this.#next();
    // It has run for exactly as long as planned: rounding errors of a clock of service do not add up.
    this.#executedMs = this.#targetMs(deed);
    this.#startedAtMs = serviceMs;
    if (deed.type === 'grow') {
      this.demandMb = demandAfterMb(this, deed.step, this.#initialMemoryMb);
      this.#nextGrowth = nextGrowthStep(this, deed.step, this.#initialMemoryMb);
    } else if (deed.type === 'call') {
      this.#nextCall++;
    }
    return deed;
  }

  /** If a growth and a call are due at the same time, the growth goes first. */
  #next(): Deed {
    const step = this.#nextGrowth;
    const call = this.calls?.[this.#nextCall];
    if (step !== undefined && !(call !== undefined && call.afterMs < growthAtMs(this, step))) {
      return { type: 'grow', step };
    }
    return call === undefined ? FINISH : { type: 'call', call };
  }

  #targetMs(deed: Deed): number {
    switch (deed.type) {
      case 'finish':
        return this.runMs;
      case 'grow':
        return Math.max(growthAtMs(this, deed.step), this.alreadyMs);
      case 'call':
        return deed.call.afterMs;
    }
  }
}

const FINISH: Deed = { type: 'finish' };

/** How a live invocation submits itself to a scheduler. */
export function submission(
  { id, tenant, function: label, class: priceClass }: Life,
  shards: number,
): Stimulus {
  return { type: 'submit', id, tenant, function: label, class: priceClass, shard: id % shards };
}
