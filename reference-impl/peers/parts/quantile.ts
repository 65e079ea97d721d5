/** A quantile of the last so many small whole numbers. */
export class Quantile {
  readonly #size: number;
  /** In the order in which they came, from `next` on once there are enough. */
  readonly #last: number[] = [];
  readonly #counts: number[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(value: number): void {
    const gone = this.#last[this.#next];
    if (gone !== undefined) this.#counts[gone]!--;
    this.#last[this.#next] = value;
    this.#next = (this.#next + 1) % this.#size;
    while (this.#counts.length <= value) this.#counts.push(0);
    this.#counts[value]!++;
  }

  /** The least of them that at least so many percent of all do not exceed; 0 if there are none. */
  at(percent: number): number {
    let left = percent * this.#last.length;
    for (let value = 0; value < this.#counts.length; value++) {
      left -= 100 * this.#counts[value]!;
      if (left <= 0) return value;
    }
    return 0;
  }
}
