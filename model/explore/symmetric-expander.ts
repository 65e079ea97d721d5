import type { Tally } from '../coverage.ts';
import type { Expander, LeftOut, Successor, Visit } from './expander.ts';
import { ExplorationError } from './exploration-error.ts';
import type { Packing } from './packing.ts';
import type { Renaming } from './renaming.ts';

/** One in so many states is also entered with its invocations called otherwise. */
const COMPARED_EVERY = 8;

/**
 * Leads from canonical form to canonical form: of all states that differ only in who is called what, one is expanded. Ids
 * of invocations must be nothing but names to the subject, which a part of the states is used to find out.
 */
export class SymmetricExpander implements Expander {
  readonly packing: Packing;
  readonly tally: Tally;
  readonly leftOut: LeftOut;
  /** What leads from states as they are to states as they are. */
  readonly behind: Expander;
  readonly renaming: Renaming;
  private readonly comparedEvery: number;
  private readonly words: Int32Array;
  private readonly other: Int32Array;

  /** @param comparedEvery of how many states one is also entered with its invocations called otherwise. */
  constructor(behind: Expander, renaming: Renaming, comparedEvery = COMPARED_EVERY) {
    this.comparedEvery = comparedEvery;
    this.behind = behind;
    this.renaming = renaming;
    this.packing = behind.packing;
    this.tally = behind.tally;
    this.leftOut = behind.leftOut;
    this.words = new Int32Array(this.packing.words);
    this.other = new Int32Array(this.packing.words);
  }

  boot(visit: Visit): void {
    this.behind.boot(this.canonically(visit));
  }

  /** @throws ExplorationError when another numbering of the invocations leads elsewhere. */
  expand(words: Int32Array, offset: number, visit: Visit): void {
    if (this.isCompared(words, offset)) this.mustLeadAlike(words, offset);
    this.behind.expand(words, offset, this.canonically(visit));
  }

  private canonically(visit: Visit): Visit {
    return (successor, packed) => {
      if (successor.wrong === null) this.renaming.canonize(packed, 0, this.words);
      return visit(successor, this.words);
    };
  }

  private isCompared(words: Int32Array, offset: number): boolean {
    let sum = 0;
    for (let index = 0; index < this.packing.words; index++)
      sum = Math.imul(sum ^ words[offset + index]!, 0x9e3779b1);
    return (sum >>> 16) % this.comparedEvery === 0;
  }

  private mustLeadAlike(words: Int32Array, offset: number): void {
    this.renaming.otherwise(words, offset, this.other);
    const ways = this.waysOut(words, offset);
    const others = this.waysOut(this.other, 0);
    if (ways.length === others.length && ways.every((way, index) => way === others[index])) return;
    throw new ExplorationError({ kind: 'tells-apart' });
  }

  /** Where a state leads, whatever the order. */
  private waysOut(words: Int32Array, offset: number): string[] {
    const ways: string[] = [];
    let isWrong = false;
    this.behind.expand(words, offset, ({ wrong, stimulus }: Successor, packed) => {
      isWrong = wrong !== null;
      if (isWrong) return false;
      this.renaming.canonize(packed, 0, this.words);
      ways.push(`${stimulus.type} ${this.words.join()}`);
      return true;
    });
    // Nothing is looked at after the first that is wrong, and which one that is depends on names.
    return isWrong ? ['wrong'] : ways.sort();
  }
}
