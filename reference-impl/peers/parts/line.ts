import type { Job, Line } from './job.ts';

export type { Line } from './job.ts';

/** First in, first out. Each knows its neighbours, so that leaving costs the same anywhere. */
export class Fifo implements Line {
  size = 0;
  first: Job | undefined;
  #last: Job | undefined;

  push(job: Job): void {
    job.ahead = this.#last;
    if (this.#last === undefined) this.first = job;
    else this.#last.behind = job;
    this.#last = job;
    this.size++;
  }

  remove(job: Job): void {
    const { ahead, behind } = job;
    if (ahead === undefined) this.first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.#last = ahead;
    else behind.ahead = ahead;
    job.ahead = undefined;
    job.behind = undefined;
    this.size--;
  }

  clear(): void {
    while (this.first !== undefined) this.remove(this.first);
  }
}

/** Whether one goes before another; never both ways. What it looks at must not change while either waits in a line. */
export type Before = (one: Job, other: Job) => boolean;

/** By rank: a binary heap. Leaving from within looks through all of it, since that is rare. */
export class Ranked implements Line {
  readonly #before: Before;
  readonly #heap: Job[] = [];

  constructor(before: Before) {
    this.#before = before;
  }

  get size(): number {
    return this.#heap.length;
  }

  get first(): Job | undefined {
    return this.#heap[0];
  }

  push(job: Job): void {
    this.#heap.push(job);
    this.#rise(this.#heap.length - 1);
  }

  remove(job: Job): void {
    const heap = this.#heap;
    const index = heap[0] === job ? 0 : heap.indexOf(job);
    const last = heap.pop()!;
    if (index === heap.length) return;
    heap[index] = last;
    this.#rise(index);
    this.#sink(index);
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const job = heap[from]!;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(job, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = job;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const job = heap[from]!;
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#before(heap[child]!, job)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = job;
  }
}
