/**
 * An urn with balls of several kinds, from which one is drawn after the other and none put back. It takes as much room
 * as there are kinds, however many balls there are, and a draw costs the logarithm of that (a Fenwick tree).
 */
export class Urn {
  /** At index i (from 1), the balls of the kinds from i − (the lowest bit of i) to i − 1. */
  readonly #tree: Float64Array;
  readonly #highestBit: number;
  #left = 0;

  /** @param counts of each kind, whole numbers. */
  constructor(counts: ArrayLike<number>) {
    const { length } = counts;
    this.#tree = new Float64Array(length + 1);
    for (let index = 1; index <= length; index++) {
      this.#left += counts[index - 1]!;
      this.#tree[index]! += counts[index - 1]!;
      const parent = index + (index & -index);
      if (parent <= length) this.#tree[parent]! += this.#tree[index]!;
    }
    this.#highestBit = length === 0 ? 0 : 2 ** Math.floor(Math.log2(length));
  }

  /** How many balls are left. */
  get left(): number {
    return this.#left;
  }

  /**
   * Takes a ball out.
   *
   * @param unit from 0 up to, not including, 1: uniform if every ball is to be as likely as any other.
   * @returns its kind.
   */
  draw(unit: number): number {
    let rank = Math.floor(unit * this.#left);
    let index = 0;
    for (let bit = this.#highestBit; bit > 0; bit >>= 1) {
      const next = index + bit;
      if (next >= this.#tree.length || this.#tree[next]! > rank) continue;
      rank -= this.#tree[next]!;
      index = next;
    }
    for (let at = index + 1; at < this.#tree.length; at += at & -at) this.#tree[at]!--;
    this.#left--;
    return index;
  }
}
