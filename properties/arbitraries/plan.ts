import fc from 'fast-check';
import type { StimulusType } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { configurations, type Size } from './configuration.ts';
import { type Habits, habits } from './habits.ts';
import { enlarged, longestPauseOf, VASTNESSES, type Vastness } from './vast.ts';

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

const LENGTH: Record<Size, number> = { small: 40, medium: 120, large: 400 };

/** Where prices, memory or sizes are vast, scenarios are soon refused, and slow to play. */
const MOST_VAST_STEPS = 30;

/** Out of this many runs one is in a vast cluster, and one begins with a crowd. */
const VAST_EVERY = 18;
const CROWD_EVERY = 50;

/** The weights that keep a run going: without them a random mix would mostly tick. */
const BASE: Record<(typeof MIXED)[number], number> = {
  submit: 12,
  call: 9,
  turn: 16,
  resize: 16,
  finish: 8,
  antagonist: 3,
  join: 3,
  drain: 1,
  crash: 4,
  restart: 1,
  tick: 2,
};

/** Plans of a size: a random cluster, a random subset of stimuli with random weights, random choices. */
export function plans(size: Size): fc.Arbitrary<Plan> {
  const isSmall = size === 'small';
  return fc
    .record({
      config: configurations(size),
      vastness: isSmall ? fc.constant(null) : rarely(VAST_EVERY, fc.constantFrom(...VASTNESSES), null),
      crowd: isSmall ? fc.constant(0) : rarely(CROWD_EVERY, fc.integer({ min: 34, max: 100 }), 0),
      weights: fc
        .array(fc.nat(11), { minLength: MIXED.length, maxLength: MIXED.length, size: 'max' })
        .map((draws) => draws.map((draw, index) => weightOf(MIXED[index]!, draw))),
      habits,
      // A bias towards small numbers would make the steps of a run alike, and a smaller gene is no simpler one.
      genes: fc.noBias(
        fc.array(fc.noShrink(fc.nat(0xffffffff)), {
          minLength: LENGTH[size] / 4,
          maxLength: LENGTH[size],
          size: 'max',
        }),
      ),
    })
    .map(({ vastness, crowd, ...plan }) => {
      if (vastness !== null) return vast(plan, vastness);
      return crowd > 0 ? crowded(plan, crowd) : plan;
    });
}

function rarely<Rare, Else>(
  every: number,
  rare: fc.Arbitrary<Rare>,
  otherwise: Else,
): fc.Arbitrary<Rare | Else> {
  return fc.oneof(
    { weight: every - 1, arbitrary: fc.constant(otherwise) },
    { weight: 1, arbitrary: fc.noBias(rare) },
  );
}

function vast({ config, weights, habits, genes }: Plan, vastness: Vastness): Plan {
  return {
    config: enlarged(config, vastness),
    weights: vastness === 'prices' ? mostlyQueueing(weights) : weights,
    habits: {
      ...habits,
      longestPauseMs: longestPauseOf(vastness),
      rhythm: vastness === 'periods' ? 'leaps' : 'bursts',
    },
    genes: vastness === 'periods' ? genes : genes.slice(0, MOST_VAST_STEPS),
  };
}

function mostlyQueueing(weights: readonly number[]): number[] {
  return weights.map((weight, index) =>
    MIXED[index] === 'submit' || MIXED[index] === 'turn' ? 4 * weight : weight,
  );
}

/** A run that begins with so many submissions, and as many turns, on a cluster whose first machine has room for all. */
function crowded({ config, weights, habits, genes }: Plan, crowd: number): Plan {
  const [first, ...others] = config.machines;
  const ram = first!.ram + crowd * config.initialMemory;
  return {
    config: { ...config, machines: [{ ...first!, ram }, ...others] },
    weights,
    habits: { ...habits, crowd },
    genes: [
      ...Array.from({ length: 2 * crowd }, (_, index) => genes[index % genes.length]! ^ index),
      ...genes,
    ],
  };
}

/** A third of the stimuli is left out of a run, save those without which nothing would happen. */
function weightOf(type: (typeof MIXED)[number], draw: number): number {
  const essential = type === 'submit' || type === 'turn';
  return draw < 4 ? (essential ? BASE[type] : 0) : BASE[type] * (draw - 3);
}
