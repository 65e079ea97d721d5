import type { Snapshot } from '../snapshot.ts';
import type { Packing } from './packing.ts';
import type { ReachedStates } from './reached-states.ts';

/** Reads one packed state after the other into the same snapshot. */
export class StateReader {
  /** The state that was read last. */
  readonly snapshot: Snapshot;
  private readonly packing: Packing;
  /** The words of the snapshot. */
  private readonly words: Int32Array;

  constructor(packing: Packing) {
    this.packing = packing;
    this.snapshot = packing.blank();
    this.words = new Int32Array(packing.words);
  }

  /** The state with this number. */
  read(states: ReachedStates, state: number): Snapshot {
    return this.unpack(states.blockOf(state), states.offsetOf(state));
  }

  /** From one state to the next most words stay the same, so only those that differ are unpacked. */
  unpack(from: Int32Array, offset: number): Snapshot {
    const { words, packing, snapshot } = this;
    for (let index = 0; index < words.length; index++) {
      const word = from[offset + index]!;
      if (word === words[index]) continue;
      words[index] = word;
      packing.unpackWord(word, index, snapshot);
    }
    return snapshot;
  }
}
