/**
 * The states that exploration has reached, as packed words, in the order in which they were reached. A state is found
 * by open addressing over its words, and two states are told apart by all of them, never by a hash alone.
 */
export class Visited {
  /** Words of all states, one after the other. */
  words: Int32Array;
  /** For each state the one from which it was first reached, and by which of its successors. */
  parents: Int32Array;
  ordinals: Uint16Array;
  size = 0;
  private readonly width: number;
  private capacity: number;
  private slots: Int32Array;
  private mask: number;

  constructor(width: number, capacity = 1 << 12) {
    this.width = width;
    this.capacity = capacity;
    this.words = new Int32Array(capacity * width);
    this.parents = new Int32Array(capacity);
    this.ordinals = new Uint16Array(capacity);
    this.slots = new Int32Array(capacity * 2).fill(EMPTY);
    this.mask = capacity * 2 - 1;
  }

  /**
   * Adds a state unless it was reached before.
   *
   * @returns its number, negative (~number) when it was there already.
   */
  add(words: Int32Array, offset: number, parent: number, ordinal: number): number {
    if (this.size === this.capacity) this.grow();
    const { width, mask, slots } = this;
    let slot = this.hash(words, offset) & mask;
    for (let state = slots[slot]!; state !== EMPTY; state = slots[slot]!) {
      if (this.equals(state * width, words, offset)) return ~state;
      slot = (slot + 1) & mask;
    }
    const state = this.size++;
    slots[slot] = state;
    this.parents[state] = parent;
    this.ordinals[state] = ordinal;
    const at = state * width;
    for (let index = 0; index < width; index++) this.words[at + index] = words[offset + index]!;
    return state;
  }

  private equals(at: number, words: Int32Array, offset: number): boolean {
    for (let index = 0; index < this.width; index++) {
      if (this.words[at + index] !== words[offset + index]) return false;
    }
    return true;
  }

  /** Mixes word by word as MurmurHash3 does (Austin Appleby). */
  private hash(words: Int32Array, offset: number): number {
    let hash = 0;
    for (let index = 0; index < this.width; index++) {
      let word = Math.imul(words[offset + index]!, 0xcc9e2d51);
      word = (word << 15) | (word >>> 17);
      hash ^= Math.imul(word, 0x1b873593);
      hash = (hash << 13) | (hash >>> 19);
      hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
    }
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }

  private grow(): void {
    this.capacity *= 2;
    this.words = extended(this.words, new Int32Array(this.capacity * this.width));
    this.parents = extended(this.parents, new Int32Array(this.capacity));
    this.ordinals = extended(this.ordinals, new Uint16Array(this.capacity));
    this.slots = new Int32Array(this.capacity * 2).fill(EMPTY);
    this.mask = this.capacity * 2 - 1;
    for (let state = 0; state < this.size; state++) {
      let slot = this.hash(this.words, state * this.width) & this.mask;
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) & this.mask;
      this.slots[slot] = state;
    }
  }
}

const EMPTY = -1;

function extended<Array extends Int32Array | Uint16Array>(from: Array, to: Array): Array {
  to.set(from);
  return to;
}
