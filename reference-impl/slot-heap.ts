/**
 * A heap of numbered slots, each with a time, earliest first; of equal times the one that was set first. Any slot can
 * be moved or taken out. Times lie beside one another in typed arrays and a node has eight children, so that a heap of a
 * hundred thousand slots costs a few cache lines a move: it is the clock's innermost loop.
 */
export class SlotHeap {
  size = 0;
  #times = new Float64Array(FIRST_CAPACITY);
  #sequences = new Float64Array(FIRST_CAPACITY);
  #slots = new Int32Array(FIRST_CAPACITY);
  /** Where in the heap a slot stands, plus one; 0 for one that is not in it. */
  #places = new Int32Array(FIRST_CAPACITY);
  #set = 0;

  /** The earliest time; infinity when the heap is empty. */
  get earliestMs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.#times[0]!;
  }

  /** The slot with the earliest time, or -1. */
  get first(): number {
    return this.size === 0 ? -1 : this.#slots[0]!;
  }

  has(slot: number): boolean {
    return slot < this.#places.length && this.#places[slot] !== 0;
  }

  /** Gives a slot a time, whether it is in the heap or not. */
  set(slot: number, atMs: number): void {
    if (slot >= this.#places.length) {
      this.#places = grownTo(this.#places, Math.max(slot + 1, 2 * this.#places.length));
    }
    const place = this.#places[slot]! - 1;
    if (place >= 0) {
      const before = this.#times[place]!;
      if (atMs < before) this.#rise(place, slot, atMs, this.#set++);
      else this.#sink(place, slot, atMs, this.#set++);
      return;
    }
    if (this.size === this.#times.length) this.#makeRoom();
    this.#rise(this.size++, slot, atMs, this.#set++);
  }

  /** Takes a slot out; one that is not in the heap is left alone. */
  remove(slot: number): void {
    const place = slot < this.#places.length ? this.#places[slot]! - 1 : -1;
    if (place < 0) return;
    this.#places[slot] = 0;
    const last = --this.size;
    if (place === last) return;
    const moved = this.#slots[last]!;
    const atMs = this.#times[last]!;
    const sequence = this.#sequences[last]!;
    const above = (place - 1) >> 3;
    if (place > 0 && this.#goesBefore(atMs, sequence, above)) this.#rise(place, moved, atMs, sequence);
    else this.#sink(place, moved, atMs, sequence);
  }

  #goesBefore(atMs: number, sequence: number, place: number): boolean {
    const other = this.#times[place]!;
    return atMs < other || (atMs === other && sequence < this.#sequences[place]!);
  }

  #put(place: number, slot: number, atMs: number, sequence: number): void {
    this.#times[place] = atMs;
    this.#sequences[place] = sequence;
    this.#slots[place] = slot;
    this.#places[slot] = place + 1;
  }

  #rise(from: number, slot: number, atMs: number, sequence: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 3;
      if (!this.#goesBefore(atMs, sequence, above)) break;
      this.#put(place, this.#slots[above]!, this.#times[above]!, this.#sequences[above]!);
      place = above;
    }
    this.#put(place, slot, atMs, sequence);
  }

  #sink(from: number, slot: number, atMs: number, sequence: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    let place = from;
    for (;;) {
      const first = 8 * place + 1;
      if (first >= this.size) break;
      const end = Math.min(first + 8, this.size);
      let best = first;
      let bestMs = times[first]!;
      for (let child = first + 1; child < end; child++) {
        const childMs = times[child]!;
        if (childMs > bestMs || (childMs === bestMs && sequences[child]! > sequences[best]!)) continue;
        best = child;
        bestMs = childMs;
      }
      if (this.#goesBefore(atMs, sequence, best)) break;
      this.#put(place, this.#slots[best]!, this.#times[best]!, this.#sequences[best]!);
      place = best;
    }
    this.#put(place, slot, atMs, sequence);
  }

  #makeRoom(): void {
    const capacity = 2 * this.#times.length;
    this.#times = grownTo(this.#times, capacity);
    this.#sequences = grownTo(this.#sequences, capacity);
    this.#slots = grownTo(this.#slots, capacity);
  }
}

const FIRST_CAPACITY = 64;

/** A copy of a typed array, with zeros up to a length of `count`. */
export function grownTo<Numbers extends Float64Array | Int32Array>(numbers: Numbers, count: number): Numbers {
  const Kind = numbers.constructor as new (length: number) => Numbers;
  const grown = new Kind(count);
  grown.set(numbers);
  return grown;
}
