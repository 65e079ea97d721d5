import fc from 'fast-check';

/** Traits that hold for a whole run, so that runs differ from each other more than steps do. */
export interface Habits {
  /** The longest time between two steps, in ms. */
  readonly longestPauseMs: number;
  /** Any pause up to the longest is as likely; or few, nearly the longest, come between short ones, or between none. */
  readonly rhythm: 'even' | 'bursts' | 'leaps';
  /** Out of 8: how many steps come at the same time as the one before. */
  readonly simultaneous: number;
  /** Ids are handed out with this stride, modulo a prime: a long one, so that they neither ascend nor lie close. */
  readonly idStride: number;
  /** Bits that are flipped in each id, so that those that come together come in another order. */
  readonly idTwist: number;
  /** How memory changes: by single MBs, within a part of the machine, or by leaps up to beyond it. */
  readonly appetite: 'steps' | 'modest' | 'leaps';
  /** Half of the functions ask for this class, modulo how many there are; null: all classes are as likely. */
  readonly favourite: number | null;
  /** So many functions are submitted, and so many turns taken, before anything else happens. */
  readonly crowd: number;
  /** Whether to run on, without new submissions, until everything has ended. */
  readonly drain: boolean;
}

export const habits: fc.Arbitrary<Habits> = fc.record({
  longestPauseMs: fc.constantFrom(0, 1, 1, 3, 10, 40, 40),
  rhythm: fc.constantFrom('even', 'bursts', 'leaps'),
  simultaneous: fc.nat(7),
  idStride: fc.constantFrom(1, 1, 7, 38_197, 61_803),
  idTwist: fc.constantFrom(0, 0, 0, 1, 5, 7),
  appetite: fc.constantFrom('steps', 'modest', 'modest', 'leaps'),
  favourite: fc.option(fc.nat(4), { freq: 2 }),
  crowd: fc.constant(0),
  drain: fc.boolean(),
});
