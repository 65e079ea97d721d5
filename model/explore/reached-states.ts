import { blockOf, Column, lengthOf, type SharedNumbers, sharedMemory, startOf } from './blocks.ts';

/** What a trace is made of: for each state its words, the state from which it was first reached, and by which of its steps. */
export interface Reached {
  /** Negative for those after `boot`. */
  parentOf(state: number): number;
  ordinalOf(state: number): number;
  /** Copies the words of a state to the beginning of an array. */
  read(state: number, into: Int32Array): void;
}

/** Packed states by number, as another thread can read them at the same time. */
export interface SharedStates {
  /** Words a state takes. */
  readonly width: number;
  readonly size: number;
  readonly blocks: readonly Int32Array[];
  /** For each state the one from which it was first reached, and by which of its successors. */
  readonly parents: SharedNumbers;
  readonly ordinals: SharedNumbers;
}

/** Packed states in the order in which they were reached, in blocks of shared memory: see {@link blockOf}. */
export class ReachedStates implements Reached {
  size = 0;
  readonly width: number;
  protected readonly parents: Column;
  protected readonly ordinals: Column;
  private readonly blocks: Int32Array[] = [];

  constructor(width: number, parents = new Column(), ordinals = new Column(Uint16Array)) {
    this.width = width;
    this.parents = parents;
    this.ordinals = ordinals;
  }

  /** The states of another thread, to be read. */
  static of({ width, size, blocks, parents, ordinals }: SharedStates): ReachedStates {
    const states = new ReachedStates(width, Column.of(parents), Column.of(ordinals));
    states.blocks.push(...blocks);
    states.size = size;
    return states;
  }

  /** What {@link of} makes the same states of. */
  get shared(): SharedStates {
    const { width, size, blocks, parents, ordinals } = this;
    return { width, size, blocks, parents: parents.shared, ordinals: ordinals.shared };
  }

  parentOf(state: number): number {
    return this.parents.at(state);
  }

  ordinalOf(state: number): number {
    return this.ordinals.at(state);
  }

  /** The array in which the words of a state are, and where they begin there. */
  blockOf(state: number): Int32Array {
    return this.blocks[blockOf(state)]!;
  }

  offsetOf(state: number): number {
    return (state - startOf(blockOf(state))) * this.width;
  }

  /** Copies the words of a state to the beginning of an array. */
  read(state: number, into: Int32Array): void {
    const from = this.blockOf(state);
    const at = this.offsetOf(state);
    for (let index = 0; index < this.width; index++) into[index] = from[at + index]!;
  }

  /** A copy of the words of the states from one up to, not including, another. */
  copy(from: number, to: number): Int32Array<ArrayBuffer> {
    const { width } = this;
    const copied = new Int32Array((to - from) * width);
    for (let state = from; state < to; ) {
      const end = Math.min(to, startOf(blockOf(state)) + lengthOf(blockOf(state)));
      const at = this.offsetOf(state);
      copied.set(this.blockOf(state).subarray(at, at + (end - state) * width), (state - from) * width);
      state = end;
    }
    return copied;
  }

  /** @returns the number of the state that is added. */
  protected keep(words: Int32Array, offset: number, parent: number, ordinal: number): number {
    const { width } = this;
    const state = this.size++;
    const block = blockOf(state);
    if (block === this.blocks.length)
      this.blocks.push(new Int32Array(sharedMemory(4 * width * lengthOf(block))));
    const to = this.blocks[block]!;
    const at = (state - startOf(block)) * width;
    for (let index = 0; index < width; index++) to[at + index] = words[offset + index]!;
    this.parents.push(parent);
    this.ordinals.push(ordinal);
    return state;
  }

  protected equals(state: number, words: Int32Array, offset: number): boolean {
    const block = blockOf(state);
    const known = this.blocks[block]!;
    const at = (state - startOf(block)) * this.width;
    for (let index = 0; index < this.width; index++) {
      if (known[at + index] !== words[offset + index]) return false;
    }
    return true;
  }
}
