import { clearTally, copyTally, type Tally } from '../coverage.ts';
import { sharedMemory } from './blocks.ts';
import type { Expander, LeftOut, Successor } from './expander.ts';
import { ExplorationError } from './exploration-error.ts';

/** The successors of a number of states, packed. */
export interface BatchResult {
  /** The packed successors of all states, one after the other. */
  readonly words: Int32Array;
  /** How many successors each state has; the last of a state with something wrong is left out. */
  readonly counts: Uint16Array<ArrayBuffer>;
  /** The index of the first state in the batch that has a successor with something wrong, or -1; later ones are not expanded. */
  readonly wrongAt: number;
  /** What this batch adds to the tally. */
  readonly tally: Tally;
  /** Successors that were left out: see {@link LeftOut}. */
  readonly leftOut: LeftOut;
}

/** What successors are collected in, before it is known how many there are. */
let spare = new Int32Array(2 ** 16);

/** A copy of the first words, which threads hand to each other without another. */
function shared(words: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(sharedMemory(length * Int32Array.BYTES_PER_ELEMENT));
  copy.set(words.subarray(0, length));
  return copy;
}

/** Successors are counted in 16 bits. */
const MOST_SUCCESSORS = 65_535;

/** Expands states one after the other: the part of a search that can be done elsewhere. */
export function expandBatch(expander: Expander, states: Int32Array): BatchResult {
  const width = expander.packing.words;
  clearTally(expander.tally);
  expander.leftOut.impossible = 0;
  expander.leftOut.outside = 0;
  const counts = new Uint16Array(states.length / width);
  let words = spare;
  let used = 0;
  let wrongAt = -1;
  for (let index = 0; index < counts.length && wrongAt < 0; index++) {
    expander.expand(states, index * width, (successor: Successor, packed) => {
      if (successor.wrong !== null) {
        wrongAt = index;
        return false;
      }
      if (used + width > words.length) {
        words = doubled(words);
        spare = words;
      }
      for (let word = 0; word < width; word++) words[used++] = packed[word]!;
      if (counts[index] === MOST_SUCCESSORS) {
        throw new ExplorationError({ kind: 'too-many-successors', most: MOST_SUCCESSORS });
      }
      counts[index]!++;
      return true;
    });
  }
  return {
    words: shared(words, used),
    counts,
    wrongAt,
    tally: copyTally(expander.tally),
    leftOut: { ...expander.leftOut },
  };
}

/** An array twice as long that begins with the same numbers. */
export function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
