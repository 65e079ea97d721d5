/**
 * What grows is kept in blocks, each as long as all before it together: nothing is copied when another is added. A large
 * block takes memory only as far as it was written to, since the operating system gives pages when they are first used.
 */
const FIRST_BITS = 12;
const BELOW_FIRST = 1 << (FIRST_BITS - 1);

/** The block that holds an item. */
export function blockOf(index: number): number {
  return 32 - FIRST_BITS - Math.clz32(index | BELOW_FIRST);
}

/** The first item of a block. */
export function startOf(block: number): number {
  return block === 0 ? 0 : BELOW_FIRST << block;
}

export function lengthOf(block: number): number {
  return block === 0 ? 1 << FIRST_BITS : BELOW_FIRST << block;
}

/** Numbers in a row that can be read, as an array has them. */
export interface Numbers {
  readonly length: number;
  at(index: number): number | undefined;
}

type Block = Int32Array | Uint16Array;

interface Kind {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike): Block;
}

/** Memory that threads can read together without copies. A page has none, and explores in one thread. */
export function sharedMemory(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}

/** Numbers in a row, as another thread can read them at the same time. */
export interface SharedNumbers {
  readonly length: number;
  readonly blocks: readonly Block[];
}

/** A growing row of whole numbers, in blocks of shared memory. */
export class Column implements Numbers {
  length = 0;
  private readonly blocks: Block[] = [];
  private readonly kind: Kind;
  private last: Block = new Int32Array(0);
  private lastStart = 0;

  /** @param kind 16 bits, from 0 on, or 32 with a sign. */
  constructor(kind: Kind = Int32Array) {
    this.kind = kind;
  }

  /** The numbers of another thread, to be read. */
  static of({ length, blocks }: SharedNumbers): Column {
    const column = new Column();
    column.blocks.push(...blocks);
    column.length = length;
    return column;
  }

  /** What {@link of} makes the same numbers of. */
  get shared(): SharedNumbers {
    const { length, blocks } = this;
    return { length, blocks };
  }

  at(index: number): number {
    const block = blockOf(index);
    return this.blocks[block]![index - startOf(block)]!;
  }

  push(value: number): void {
    if (this.length - this.lastStart === this.last.length) this.extend();
    this.last[this.length++ - this.lastStart] = value;
  }

  /** Bytes that are written so far. */
  get bytes(): number {
    return this.length * this.kind.BYTES_PER_ELEMENT;
  }

  /** The numbers block by block, in order. */
  *parts(): Generator<Block> {
    for (const [block, numbers] of this.blocks.entries()) {
      const written = Math.min(numbers.length, this.length - startOf(block));
      if (written > 0) yield numbers.subarray(0, written);
    }
  }

  private extend(): void {
    const block = this.blocks.length;
    this.last = new this.kind(sharedMemory(lengthOf(block) * this.kind.BYTES_PER_ELEMENT));
    this.lastStart = startOf(block);
    this.blocks.push(this.last);
  }
}
