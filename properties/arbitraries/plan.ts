import fc from 'fast-check';
import type { StimulusType } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { configurations, type Size } from './configuration.ts';

/** The stimuli that a plan may mix: all but `boot`, which comes first by itself. */
export const MIXED = [
  'submit',
  'call',
  'turn',
  'resize',
  'finish',
  'antagonist',
  'join',
  'drain',
  'crash',
  'restart',
  'tick',
] as const satisfies readonly StimulusType[];

/**
 * What a run is grown from. The scenario itself depends on what the scheduler decides, since only the running can
 * finish; so a plan is a cluster, a mix of stimuli, and one number for each step, from which the director chooses
 * among the stimuli that the charts enable at that moment.
 */
export interface Plan {
  readonly config: Configuration;
  /** The weight of each of {@link MIXED} in this run; 0 leaves it out (swarm testing). */
  readonly weights: readonly number[];
  readonly habits: Habits;
  /** One 32-bit number for each step. */
  readonly genes: readonly number[];
}

/** Traits that hold for a whole run, so that runs differ from each other more than steps do. */
export interface Habits {
  /** The longest time between two steps, in ms. */
  readonly longestPauseMs: number;
  /** Out of 8: how many steps come at the same time as the one before. */
  readonly simultaneous: number;
  /** Ids are handed out with this stride, so that their order is not the order of submission. */
  readonly idStride: number;
  /** Whether memory changes by single MBs or by leaps. */
  readonly smallSteps: boolean;
  /** Whether to run on, without new submissions, until everything has ended. */
  readonly drain: boolean;
}

const LENGTH: Record<Size, number> = { small: 40, medium: 120, large: 400 };

/** The weights that keep a run going: without them a random mix would mostly tick. */
const BASE: Record<(typeof MIXED)[number], number> = {
  submit: 10,
  call: 4,
  turn: 12,
  resize: 6,
  finish: 5,
  antagonist: 2,
  join: 2,
  drain: 1,
  crash: 1,
  restart: 1,
  tick: 2,
};

/** Plans of a size: a random cluster, a random subset of stimuli with random weights, random choices. */
export function plans(size: Size): fc.Arbitrary<Plan> {
  return fc.record({
    config: configurations(size),
    weights: fc
      .array(fc.nat(11), { minLength: MIXED.length, maxLength: MIXED.length, size: 'max' })
      .map((draws) => draws.map((draw, index) => weightOf(MIXED[index]!, draw))),
    habits: fc.record({
      longestPauseMs: fc.constantFrom(0, 1, 1, 3, 10, 40, 2 ** 27),
      simultaneous: fc.nat(7),
      idStride: fc.constantFrom(1, 1, 7, 11, 61),
      smallSteps: fc.boolean(),
      drain: fc.boolean(),
    }),
    // A bias towards small numbers would make the steps of a run alike, and a smaller gene is no simpler one.
    genes: fc.noBias(
      fc.array(fc.noShrink(fc.nat(0xffffffff)), {
        minLength: LENGTH[size] / 4,
        maxLength: LENGTH[size],
        size: 'max',
      }),
    ),
  });
}

/** A third of the stimuli is left out of a run, save those without which nothing would happen. */
function weightOf(type: (typeof MIXED)[number], draw: number): number {
  const essential = type === 'submit' || type === 'turn';
  return draw < 4 ? (essential ? BASE[type] : 0) : BASE[type] * (draw - 3);
}
