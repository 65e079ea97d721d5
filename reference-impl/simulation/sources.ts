import { PRECEDENCE, type Scheduled } from './event-heap.ts';

/** A stream of arrivals or incidents: one event, put back into the heap for the item after the one that was taken. */
export class Source<Kind extends 'arrival' | 'incident', Item> implements Scheduled {
  readonly kind: Kind;
  readonly precedence: number;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  next: Item | undefined;
  readonly #items: Iterator<Item>;
  readonly #timeOf: (item: Item) => number;

  constructor(kind: Kind, items: Iterable<Item>, timeOf: (item: Item) => number) {
    this.kind = kind;
    this.precedence = PRECEDENCE[kind];
    this.#items = items[Symbol.iterator]();
    this.#timeOf = timeOf;
  }

  /** Goes on to the next item, and says when it is due; `undefined` if there is none. */
  advance(): number | undefined {
    const { done, value } = this.#items.next();
    this.next = done === true ? undefined : value;
    return this.next === undefined ? undefined : this.#timeOf(this.next);
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
