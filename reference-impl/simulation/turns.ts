import type { EventHeap } from './event-heap.ts';
import { ShardTurns } from './sources.ts';

/** When each shard takes its next turn: while somebody waits in its queue, and it is not busy with the one before. */
export class Turns {
  readonly #shards: readonly ShardTurns[];
  readonly #agenda: Pick<EventHeap<ShardTurns>, 'add'>;
  readonly #turnMs: () => number;

  /** @param turnMs how long a shard is busy with placing one function, in ms; drawn for each turn if it is a function. */
  constructor(
    shards: number,
    agenda: Pick<EventHeap<ShardTurns>, 'add'>,
    turnMs: number | (() => number) = 0,
  ) {
    this.#shards = Array.from({ length: shards }, (_, shard) => new ShardTurns(shard));
    this.#agenda = agenda;
    this.#turnMs = typeof turnMs === 'number' ? () => turnMs : turnMs;
  }

  /** One waits in the queue of a shard from now on. A shard that does not exist is passed over. */
  enqueue(shardId: number, nowMs: number): void {
    const shard = this.#shards[shardId];
    if (shard === undefined) return;
    shard.waiting++;
    this.#schedule(shard, nowMs);
  }

  /** One fewer waits there. If that is not the work of its own turn, it may be worth another. */
  dequeue(shardId: number, nowMs: number): void {
    const shard = this.#shards[shardId];
    if (shard === undefined) return;
    shard.waiting--;
    if (!shard.isResting) return;
    shard.isResting = false;
    this.#schedule(shard, nowMs);
  }

  /** A shard is busy from now on. */
  begin(shard: ShardTurns, nowMs: number): void {
    shard.busyUntilMs = nowMs + this.#turnMs();
  }

  /**
   * Its turn is over. If it has placed nobody, the shard rests until something else is placed or a machine joins; one who
   * waits at another shard may have been placed where all share a queue.
   */
  end(shard: ShardTurns, placed: boolean, nowMs: number): void {
    shard.isResting = !placed && shard.waiting > 0;
    this.#schedule(shard, nowMs);
  }

  /** Those that rest try again. */
  wake(nowMs: number): void {
    for (const shard of this.#shards) {
      shard.isResting = false;
      this.#schedule(shard, nowMs);
    }
  }

  #schedule(shard: ShardTurns, nowMs: number): void {
    if (shard.waiting === 0 || shard.isResting || shard.heapIndex >= 0) return;
    this.#agenda.add(shard, Math.max(Math.floor(nowMs), shard.busyUntilMs));
  }
}
