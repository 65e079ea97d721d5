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

/** A growing row of whole numbers, in blocks. */
export class Column implements Numbers {
  length = 0;
  readonly blocks: Block[] = [];
  private readonly kind: typeof Int32Array | typeof Uint16Array;
  private last: Block = new Int32Array(0);
  private lastStart = 0;

  /** @param kind 16 bits, from 0 on, or 32 with a sign. */
  constructor(kind: typeof Int32Array | typeof Uint16Array = Int32Array) {
    this.kind = kind;
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
    this.last = new this.kind(lengthOf(block));
    this.lastStart = startOf(block);
    this.blocks.push(this.last);
  }
}
