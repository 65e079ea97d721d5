import type { Stimulus } from '../../model/alphabet.ts';
import { PRECEDENCE, type Scheduled } from './event-heap.ts';
import { demandAfterMb, growthAtMs, nextGrowthStep } from './growth.ts';
import type { WorkloadItem } from './workload.ts';

/** How an invocation ended, or that it had not when the simulation did. */
export type Ending = 'completed' | 'killed' | 'throttled' | 'unfinished';

/** What became of an invocation. */
export interface EndedInvocation {
  id: number;
  item: WorkloadItem;
  ending: Ending;
  /** When it was submitted and when it ended, in ms. */
  submittedAtMs: number;
  endedAtMs: number;
  /** How long its last attempt ran. */
  executedMs: number;
}

/**
 * A live invocation: how far it has come, and what it does next if it is left running. It gets on only while it runs;
 * one that is stopped keeps what it has executed.
 */
export class Life implements Scheduled {
  readonly kind = 'life';
  readonly precedence = PRECEDENCE.life;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;

  readonly id: number;
  readonly item: WorkloadItem;
  /** The shard in whose queue it waits; undefined once it is placed. */
  queuedAt: number | undefined;
  isPlaced = false;
  isRunning = false;
  demandMb = 0;
  swappedMb = 0;
  readonly #initialMemoryMb: number;
  #executedMs = 0;
  #startedAtMs = 0;
  #nextGrowth: number | undefined;

  constructor(id: number, item: WorkloadItem, initialMemoryMb: number) {
    this.id = id;
    this.item = item;
    this.#initialMemoryMb = initialMemoryMb;
  }

  /** Begins on a machine, from nothing: what an attempt before this one executed is lost. */
  place(): void {
    this.isPlaced = true;
    this.demandMb = this.#initialMemoryMb;
    this.#executedMs = 0;
    this.#nextGrowth = nextGrowthStep(this.item, 0, this.#initialMemoryMb);
  }

  start(nowMs: number): void {
    this.isRunning = true;
    this.#startedAtMs = nowMs;
  }

  stop(nowMs: number): void {
    this.#executedMs = this.executedMs(nowMs);
    this.isRunning = false;
  }

  /** How long this attempt has run by now. */
  executedMs(nowMs: number): number {
    return this.#executedMs + (this.isRunning ? nowMs - this.#startedAtMs : 0);
  }

  /** When it will grow or finish, if it is left running from now on. */
  nextAtMs(nowMs: number): number {
    const growth = this.#nextGrowth;
    const targetMs = growth === undefined ? this.item.runMs : growthAtMs(this.item, growth);
    return nowMs + targetMs - this.executedMs(nowMs);
  }

  /** What it does now that it has run up to its next event; its demand is then what it has grown to. */
  act(): Stimulus {
    const growth = this.#nextGrowth;
    if (growth === undefined) return { type: 'finish', id: this.id };
    this.#nextGrowth = nextGrowthStep(this.item, growth, this.#initialMemoryMb);
    return { type: 'resize', id: this.id, demand: demandAfterMb(this.item, growth, this.#initialMemoryMb) };
  }
}
