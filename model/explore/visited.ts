/**
 * The states that exploration has reached, as packed words, in the order in which they were reached. A state is found
 * by open addressing over its words, and two states are told apart by all of them, never by a hash alone. Hashes stand
 * beside the numbers of states, so that the words of another state, which are far away, are seldom looked at.
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
  /** The hash of a state and its number, by turns; the number is {@link EMPTY} where there is none. */
  private slots: Int32Array;
  private mask: number;

  constructor(width: number, capacity = 1 << 12) {
    this.width = width;
    this.capacity = capacity;
    this.words = new Int32Array(capacity * width);
    this.parents = new Int32Array(capacity);
    this.ordinals = new Uint16Array(capacity);
    this.slots = new Int32Array(capacity * 4).fill(EMPTY);
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
    const hash = this.hash(words, offset);
    let slot = hash & mask;
    for (let state = slots[2 * slot + 1]!; state !== EMPTY; state = slots[2 * slot + 1]!) {
      if (slots[2 * slot] === hash && this.equals(state * width, words, offset)) return ~state;
      slot = (slot + 1) & mask;
    }
    const state = this.size++;
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = state;
    this.parents[state] = parent;
    this.ordinals[state] = ordinal;
    const at = state * width;
    for (let index = 0; index < width; index++) this.words[at + index] = words[offset + index]!;
    return state;
  }

  /** Memory that this takes, in bytes. */
  get bytes(): number {
    const { words, parents, ordinals, slots } = this;
    return words.byteLength + parents.byteLength + ordinals.byteLength + slots.byteLength;
  }

  /** How many more states there is room for before it grows to twice its size; the old and the new are then there at once. */
  get room(): number {
    return this.capacity - this.size;
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
    const old = this.slots;
    const mask = this.capacity * 2 - 1;
    const slots = new Int32Array(this.capacity * 4).fill(EMPTY);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === EMPTY) continue;
      let slot = old[from]! & mask;
      while (slots[2 * slot + 1] !== EMPTY) slot = (slot + 1) & mask;
      slots[2 * slot] = old[from]!;
      slots[2 * slot + 1] = old[from + 1]!;
    }
    this.slots = slots;
    this.mask = mask;
  }
}

const EMPTY = -1;

function extended<Array extends Int32Array | Uint16Array>(from: Array, to: Array): Array {
  to.set(from);
  return to;
}
