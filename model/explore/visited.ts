import { ReachedStates } from './reached-states.ts';

/** The table is in so many segments, each of which grows by itself. A power of two. */
const SEGMENTS = 32;
const SEGMENT_SHIFT = 27;
const SLOTS_AT_FIRST = 1 << 8;

/** How full a segment gets before it grows: at least this, and up to so much more, so that not all of them grow at once. */
const FULL_FROM = 0.55;
const FULL_SPREAD = 0.25;

/** The number in a slot that is empty is 0; that of a state is one more than its own. */
const EMPTY = 0;

/**
 * The states that exploration has reached, as packed words, in the order in which they were reached. A state is found
 * by open addressing over its words, and two states are told apart by all of them, never by a hash alone. Hashes stand
 * beside the numbers of states, so that the words of another state, which are far away, are seldom looked at.
 */
export class Visited extends ReachedStates {
  /** By segment, the hash of a state and its number, by turns. */
  private readonly slots: Int32Array[];
  private readonly used = new Int32Array(SEGMENTS);

  constructor(width: number) {
    super(width);
    this.slots = Array.from({ length: SEGMENTS }, () => emptySlots(SLOTS_AT_FIRST));
  }

  /**
   * Adds a state unless it was reached before.
   *
   * @returns its number, negative (~number) when it was there already.
   */
  add(words: Int32Array, offset: number, parent: number, ordinal: number): number {
    const hash = hashOf(words, offset, this.width);
    const segment = hash >>> SEGMENT_SHIFT;
    const slots = this.slots[segment]!;
    const mask = (slots.length >>> 1) - 1;
    let slot = hash & mask;
    for (let number = slots[2 * slot + 1]!; number !== EMPTY; number = slots[2 * slot + 1]!) {
      if (slots[2 * slot] === hash && this.equals(number - 1, words, offset)) return ~(number - 1);
      slot = (slot + 1) & mask;
    }
    const state = this.keep(words, offset, parent, ordinal);
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = state + 1;
    if (++this.used[segment]! > fullAt(segment, mask + 1)) this.grow(segment);
    return state;
  }

  /** The number of a state; -1 when it was not reached. */
  find(words: Int32Array, offset: number): number {
    const hash = hashOf(words, offset, this.width);
    const slots = this.slots[hash >>> SEGMENT_SHIFT]!;
    const mask = (slots.length >>> 1) - 1;
    let slot = hash & mask;
    for (let number = slots[2 * slot + 1]!; number !== EMPTY; number = slots[2 * slot + 1]!) {
      if (slots[2 * slot] === hash && this.equals(number - 1, words, offset)) return number - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Memory that this takes, in bytes. */
  get bytes(): number {
    const table = this.slots.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return 4 * this.size * this.width + this.parents.bytes + this.ordinals.bytes + table;
  }

  /** Memory that this may take in addition once `more` states are added, in bytes. */
  bytesFor(more: number): number {
    let table = 0;
    const each = (2 * more) / SEGMENTS + 1;
    for (let segment = 0; segment < SEGMENTS; segment++) {
      const slots = this.slots[segment]!;
      if (this.used[segment]! + each > fullAt(segment, slots.length >>> 1)) table += 2 * slots.byteLength;
    }
    return table + more * (4 * this.width + 6);
  }

  /** Makes a segment twice as large. */
  private grow(segment: number): void {
    const old = this.slots[segment]!;
    const slots = emptySlots(old.length);
    const mask = (slots.length >>> 1) - 1;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === EMPTY) continue;
      let slot = old[from]! & mask;
      while (slots[2 * slot + 1] !== EMPTY) slot = (slot + 1) & mask;
      slots[2 * slot] = old[from]!;
      slots[2 * slot + 1] = old[from + 1]!;
    }
    this.slots[segment] = slots;
  }
}

function emptySlots(count: number): Int32Array {
  return new Int32Array(2 * count);
}

function fullAt(segment: number, slots: number): number {
  return slots * (FULL_FROM + (FULL_SPREAD * segment) / SEGMENTS);
}

/** Mixes word by word as MurmurHash3 does (Austin Appleby). */
function hashOf(words: Int32Array, offset: number, width: number): number {
  let hash = 0;
  for (let index = 0; index < width; index++) {
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
