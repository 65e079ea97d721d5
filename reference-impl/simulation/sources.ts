import { PRECEDENCE, type Scheduled } from './event-heap.ts';

/** A stream of arrivals or incidents: one event, put back into the heap for the item after the one that was taken. */
export class Source<Item> implements Scheduled {
  readonly kind: 'arrival' | 'incident';
  readonly precedence: number;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  next: Item | undefined;
  readonly #items: Iterator<Item>;

  constructor(kind: 'arrival' | 'incident', items: Iterable<Item>) {
    this.kind = kind;
    this.precedence = PRECEDENCE[kind];
    this.#items = items[Symbol.iterator]();
  }

  /** Goes on to the next item, if there is one. */
  advance(): Item | undefined {
    const { done, value } = this.#items.next();
    this.next = done === true ? undefined : value;
    return this.next;
  }
}

/** The turns of a shard: the next one, as an event, while somebody waits in its queue. */
export class ShardTurns implements Scheduled {
  readonly kind = 'turn';
  readonly precedence = PRECEDENCE.turn;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  readonly shard: number;
  /** How many wait in its queue. */
  waiting = 0;
  /** Whether the last turn placed nobody though somebody waited: no machine is up. */
  isResting = false;

  constructor(shard: number) {
    this.shard = shard;
  }
}
