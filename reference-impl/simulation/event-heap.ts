/**
 * Of events at the same ms, the lowest goes first: one looks before anything moves, what ends makes room, and a scheduler's
 * own tick comes when everything else has happened.
 */
export const PRECEDENCE = { sample: 0, life: 1, paged: 2, incident: 3, arrival: 4, turn: 5, tick: 6 };

/** Something that will happen: what a heap of events orders, and where in the heap it stands. */
export interface Scheduled {
  atMs: number;
  /** One of {@link PRECEDENCE}. */
  readonly precedence: number;
  /** Set by the heap, which breaks the remaining ties by the order in which events were added. */
  sequence: number;
  /** Set by the heap; -1 while the event is not in it. */
  heapIndex: number;
}

/**
 * A binary heap of events, earliest first, from which any event can be taken out again: an event that will not
 * happen (the function was preempted) leaves at once, so the heap never holds more than what is alive.
 */
export class EventHeap<Event extends Scheduled> {
  readonly #events: Event[] = [];
  #added = 0;

  get size(): number {
    return this.#events.length;
  }

  /** The event that comes next. */
  get first(): Event | undefined {
    return this.#events[0];
  }

  /** Adds an event that is not in the heap. */
  add(event: Event, atMs: number): void {
    event.atMs = atMs;
    event.sequence = this.#added++;
    event.heapIndex = this.#events.length;
    this.#events.push(event);
    this.#rise(event);
  }

  /** Takes out the first event, if there is one. */
  pop(): Event | undefined {
    const first = this.#events[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Takes out an event; one that is not in the heap is left alone. */
  remove(event: Event): void {
    const hole = event.heapIndex;
    if (hole < 0) return;
    event.heapIndex = -1;
    const last = this.#events.pop()!;
    if (last === event) return;
    this.#put(last, hole);
    this.#rise(last);
    this.#sink(last);
  }

  #put(event: Event, index: number): void {
    this.#events[index] = event;
    event.heapIndex = index;
  }

  #rise(event: Event): void {
    let index = event.heapIndex;
    while (index > 0) {
      const above = this.#events[(index - 1) >> 1]!;
      if (!goesBefore(event, above)) break;
      const next = above.heapIndex;
      this.#put(above, index);
      index = next;
    }
    this.#put(event, index);
  }

  #sink(event: Event): void {
    let index = event.heapIndex;
    for (;;) {
      let below = this.#events[2 * index + 1];
      const right = this.#events[2 * index + 2];
      if (below === undefined) break;
      if (right !== undefined && goesBefore(right, below)) below = right;
      if (!goesBefore(below, event)) break;
      const next = below.heapIndex;
      this.#put(below, index);
      index = next;
    }
    this.#put(event, index);
  }
}

function goesBefore(a: Scheduled, b: Scheduled): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs;
  if (a.precedence !== b.precedence) return a.precedence < b.precedence;
  return a.sequence < b.sequence;
}
