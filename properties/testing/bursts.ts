import type { Expander, LeftOut, Visit } from '../../model/explore/expander.ts';
import type { Packing } from '../../model/explore/packing.ts';

/**
 * Expands as another does, and remembers which states the end of a transfer leads to: how many transfers may end one
 * after the other, until every disk is idle.
 */
export class BurstWatch implements Expander {
  readonly packing: Packing;
  readonly tally: Expander['tally'];
  readonly leftOut: LeftOut;
  private readonly watched: Expander;
  /** By state: those that the end of a transfer leads to. */
  private readonly next = new Map<string, string[]>();

  constructor(watched: Expander) {
    this.watched = watched;
    this.packing = watched.packing;
    this.tally = watched.tally;
    this.leftOut = watched.leftOut;
  }

  boot(visit: Visit): void {
    this.watched.boot(visit);
  }

  expand(words: Int32Array, offset: number, visit: Visit): void {
    const ends: string[] = [];
    this.watched.expand(words, offset, (successor, packed) => {
      if (successor.stimulus.type === 'paged' && successor.wrong === null) ends.push(this.keyOf(packed, 0));
      return visit(successor, packed);
    });
    if (ends.length > 0) this.next.set(this.keyOf(words, offset), ends);
  }

  private keyOf(words: Int32Array, offset: number): string {
    return words.subarray(offset, offset + this.packing.words).join();
  }

  /** @throws Error when transfers may follow one another for ever. */
  get longestBurst(): number {
    const lengths = new Map<string, number>();
    const open = new Set<string>();
    const from = (state: string): number => {
      const known = lengths.get(state);
      if (known !== undefined) return known;
      if (open.has(state)) throw new Error(`transfers follow one another for ever from ${state}`);
      open.add(state);
      const length = Math.max(0, ...(this.next.get(state) ?? []).map((end) => 1 + from(end)));
      open.delete(state);
      lengths.set(state, length);
      return length;
    };
    return [...this.next.keys()].reduce((longest, state) => Math.max(longest, from(state)), 0);
  }
}
