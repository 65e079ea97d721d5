import { SlotHeap } from '../slot-heap.ts';

/** At most this many are taken together: more would evict one another from the fastest cache before their turn. */
const MOST = 16;

/**
 * A {@link SlotHeap} from which those due at the same time are taken together, {@link MOST} at most, and handed out one
 * by one, in the order in which they were set. They are announced before the first of several is handed out, so that
 * their data can be fetched from memory at once and not one after the other.
 */
export class DueBatches {
  readonly #heap = new SlotHeap();
  /** The last `#pending` of these have not been handed out; all are due at `#batchMs`. */
  readonly #batch: number[] = [];
  #pending = 0;
  #batchMs = 0;
  readonly #above: number;
  readonly #announce: (slots: readonly number[]) => void;

  /**
   * @param above how many may have a time without any being taken together: the data of a few is in the caches.
   * @param announce is given the slots of a batch of two or more, in an array that is good during the call.
   */
  constructor(above: number, announce: (slots: readonly number[]) => void) {
    this.#above = above;
    this.#announce = announce;
  }

  /** The earliest time; infinity when nobody is due. */
  get earliestMs(): number {
    return this.#pending > 0 && this.#isBatchFirst ? this.#batchMs : this.#heap.earliestMs;
  }

  /** Takes out the slot with the earliest time; there is one. */
  take(): number {
    if (this.#pending > 0 && this.#isBatchFirst) return this.#batch[this.#batch.length - this.#pending--]!;
    const isBatch = this.#pending === 0 && this.#heap.size > this.#above;
    const atMs = this.#heap.earliestMs;
    const slot = this.#takeFirst();
    if (isBatch && this.#heap.earliestMs === atMs) this.#takeBatch(slot, atMs);
    return slot;
  }

  /** Gives a slot a time, whether it had one or not. */
  set(slot: number, atMs: number): void {
    if (this.#pending > 0) this.#withdraw(slot);
    this.#heap.set(slot, atMs);
  }

  /** Takes a slot out; one that has no time is left alone. */
  remove(slot: number): void {
    if (this.#pending > 0) this.#withdraw(slot);
    this.#heap.remove(slot);
  }

  /** A time that was set since may be before that of the batch: a faulty scheduler may go back in time. */
  get #isBatchFirst(): boolean {
    return this.#batchMs <= this.#heap.earliestMs;
  }

  #takeFirst(): number {
    const slot = this.#heap.first;
    this.#heap.remove(slot);
    return slot;
  }

  /** Takes others that are due at the same time as one that is handed out already. */
  #takeBatch(handedOut: number, atMs: number): void {
    const batch = this.#batch;
    while (batch.length > 0) batch.pop();
    batch.push(handedOut);
    while (this.#heap.earliestMs === atMs && batch.length < MOST) batch.push(this.#takeFirst());
    this.#pending = batch.length - 1;
    this.#batchMs = atMs;
    this.#announce(batch);
  }

  #withdraw(slot: number): void {
    const index = this.#batch.indexOf(slot, this.#batch.length - this.#pending);
    if (index < 0) return;
    this.#batch.splice(index, 1);
    this.#pending--;
  }
}
