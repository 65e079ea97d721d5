import { InputError } from '../../model/input-error.ts';
import { PRECEDENCE, type Scheduled } from './event-heap.ts';

/**
 * A stream of arrivals or incidents: one event, put back onto the agenda for the item after the one that was taken.
 *
 * @throws InputError from `advance` when its times run backwards.
 */
export class Source<Kind extends 'arrival' | 'incident', Item> implements Scheduled {
  readonly kind: Kind;
  readonly precedence: number;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  next: Item | undefined;
  readonly #items: Iterator<Item>;
  readonly #timeOf: (item: Item) => number;
  #taken = 0;
  #lastMs = 0;

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
    if (this.next === undefined) return undefined;
    const dueMs = this.#timeOf(this.next);
    this.#taken++;
    if (!Number.isSafeInteger(dueMs) || dueMs < this.#lastMs) {
      throw new InputError(
        `${this.kind} ${this.#taken}: expected a whole number of ms from ${this.#lastMs} up, ` +
          `since times never run backwards, got ${dueMs}`,
      );
    }
    this.#lastMs = dueMs;
    return dueMs;
  }
}

/** The turns of a shard: the next one, as an event, while something waits in its queue. */
export class ShardTurns implements Scheduled {
  readonly kind = 'turn';
  readonly precedence = PRECEDENCE.turn;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  readonly shard: number;
  /** How many wait in its queue. */
  waiting = 0;
  /** Until when it is busy with the function that it placed last. */
  busyUntilMs = 0;
  /** Whether the last turn placed nothing though something waited: no machine is up. */
  isResting = false;

  constructor(shard: number) {
    this.shard = shard;
  }
}

/** Looks at the cluster, again and again at equal intervals. */
export class Sampling implements Scheduled {
  readonly kind = 'sample';
  readonly precedence = PRECEDENCE.sample;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
}
