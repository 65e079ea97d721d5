import fc from 'fast-check';

/** Traits that hold for a whole run, so that runs differ from each other more than steps do. */
export interface Habits {
  /** The time of the first step after `boot`, in ms. */
  readonly startMs: number;
  /** The longest time between two steps, in ms. */
  readonly longestPauseMs: number;
  /** Pauses are uniform up to the longest; or a few, nearly the longest, come between short ones, or between none. */
  readonly rhythm: 'even' | 'bursts' | 'leaps';
  /** Out of 8: how many steps come at the same time as the one before. */
  readonly simultaneous: number;
  /** Which ids there are. */
  readonly ids: IdHabit;
  /** How memory changes: by single MBs, within a part of the machine, or by leaps up to beyond it. */
  readonly appetite: 'steps' | 'modest' | 'leaps';
  /** Half of the functions ask for this class, modulo how many there are; null: all classes are equally likely. */
  readonly favourite: number | null;
  /** This many functions are submitted, and as many turns taken, before anything else happens. */
  readonly crowd: number;
  /** What the run aims at: this, or what a number picks among all that suit the cluster; null: nothing. */
  readonly aim: AimHabit | null;
  /** Out of 8: how many functions bear a name that is easily mistaken for something else. */
  readonly oddNames: number;
  /** Whether to run on, without new submissions, until everything has ended. */
  readonly drain: boolean;
}

export interface AimHabit {
  readonly name: AimName | null;
  readonly lot: number;
  /** Out of 8: how many steps pursue the aim, as far as they can. */
  readonly zeal: number;
}

export type AimName =
  | 'money'
  | 'heads'
  | 'calls'
  | 'attempts'
  | 'demands'
  | 'antagonists'
  | 'room'
  | 'thresholds'
  | 'long-lists'
  | 'brim';

/** How ids follow one another. */
export interface IdHabit {
  /** From 1 up; around a number that is the last of its size; below one; or alike in their low 32 bits. */
  readonly kind: 'low' | 'around' | 'below' | 'alike';
  /** The number that ids lie around, or from which they go down. */
  readonly pivot: number;
  /** They are handed out with this stride, modulo a prime: a long one, so that they neither ascend nor lie close. */
  readonly stride: number;
  /** Bits that are flipped in each low id, so that those that come together come in another order. */
  readonly twist: number;
}

const lowIds = fc.record({
  kind: fc.constant('low' as const),
  pivot: fc.constant(0),
  stride: fc.constantFrom(1, 1, 7, 38_197, 61_803),
  twist: fc.constantFrom(0, 0, 0, 1, 5, 7),
});

/** Numbers that outgrow a machine's words, or the digits of a float. */
const LAST_OF_THEIR_SIZE = [2 ** 17, 2 ** 24, 2 ** 31, 2 ** 31, 2 ** 32, 2 ** 32, 2 ** 52];

const highIds = fc
  .record({
    kind: fc.constantFrom<IdHabit['kind']>('around', 'around', 'around', 'below', 'alike'),
    around: fc.constantFrom(...LAST_OF_THEIR_SIZE),
  })
  .map(({ kind, around }): IdHabit => {
    const pivot = kind === 'below' ? Number.MAX_SAFE_INTEGER : around;
    return { kind, pivot, stride: 1, twist: 0 };
  });

export const habits: fc.Arbitrary<Habits> = fc.record({
  startMs: fc.constant(0),
  longestPauseMs: fc.constantFrom(0, 1, 1, 3, 10, 40, 40),
  rhythm: fc.constantFrom('even', 'bursts', 'leaps'),
  simultaneous: fc.nat(7),
  ids: fc.oneof({ weight: 5, arbitrary: lowIds as fc.Arbitrary<IdHabit> }, { weight: 1, arbitrary: highIds }),
  appetite: fc.constantFrom('steps', 'modest', 'modest', 'leaps'),
  favourite: fc.option(fc.nat(40), { freq: 2 }),
  crowd: fc.constant(0),
  aim: fc.option(
    fc.record({
      name: fc.constant(null),
      lot: fc.noBias(fc.nat(0xffff)),
      zeal: fc.constantFrom(4, 4, 7),
    }),
    { freq: 2 },
  ),
  oddNames: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
  drain: fc.boolean(),
});

/** The same habits, with something in particular to aim at. */
export function aimingAt(habits: Habits, name: AimName, zeal = habits.aim?.zeal ?? 4): Habits {
  return { ...habits, aim: { name, lot: habits.aim?.lot ?? 0, zeal } };
}
