import fc from 'fast-check';
import type { PartId, StimulusType } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { narrowed, partOf } from '../../model/parts.ts';
import { configurations, exactConfigurations, type Size } from './configuration.ts';
import { type AimName, aimingAt, type Habits, habits } from './habits.ts';
import { mostly } from './mostly.ts';
import { MONEY_SCALES, mostStepsAt, SCALES, type Scale, scaled } from './scales.ts';
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
  /** The same with figures of the usual size, if they are vast: for those to whom sums that overflow do not matter. */
  readonly usual?: Plan;
}

const LENGTH: Record<Size, number> = { small: 40, medium: 120, large: 400 };

/** Where prices, memory or sizes are vast, scenarios are soon refused, and slow to play. */
const MOST_VAST_STEPS = 30;

/** This many steps make a long life: at least 300 functions are placed in it. */
const LONG_LIFE = 1_050;

/**
 * One run in this many is in a vast cluster, is on another scale, begins with a crowd, is on a long list, or lives
 * long.
 */
const VAST_EVERY = 19;
const SCALED_EVERY = 7;
/** Of those on another scale, one is on another one of money. */
const MONEY_EVERY = 2;
const CROWD_EVERY = 50;
const LIST_EVERY = 27;
const SHARED_EVERY = 28;
const LONG_EVERY = 180;

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

/** What is unusual about a run as a whole, if anything is. */
type Course =
  | { readonly kind: 'usual' }
  | { readonly kind: 'vast'; readonly vastness: Vastness }
  | { readonly kind: 'scaled'; readonly scale: Scale; readonly config?: Configuration }
  | { readonly kind: 'crowd'; readonly crowd: number }
  | { readonly kind: 'list' }
  | { readonly kind: 'shared' }
  | { readonly kind: 'long' };

/**
 * Plans of a size: a random cluster, a random subset of stimuli with random weights, random choices.
 *
 * @param without parts of XX that are left out: the rest is drawn as it is with them.
 * @param paging how memory is paged in a cluster: at once, unless given.
 */
export function plans(
  size: Size,
  without: readonly PartId[] = [],
  paging: (config: Configuration) => Configuration = (config) => config,
): fc.Arbitrary<Plan> {
  return fc
    .record({
      config: configurations(size).map(paging),
      course: size === 'small' ? fc.constant(USUAL) : coursesOf(size, paging),
      weights: fc
        .array(fc.nat(11), { minLength: MIXED.length, maxLength: MIXED.length, size: 'max' })
        .map((draws) => draws.map((draw, index) => weightOf(MIXED[index]!, draw))),
      habits,
      length: fc.noBias(fc.integer({ min: LENGTH[size] / 4, max: LENGTH[size] })),
      // A smaller gene is not a simpler one.
      gene: fc.noBias(fc.noShrink(fc.nat(0xffffffff))),
    })
    .map(({ course, length, gene, ...plan }) => {
      const usual = { ...plan, genes: genesFrom(gene, length) };
      const isVast = course.kind === 'vast' || course.kind === 'scaled';
      return planWithout({ ...onCourse(usual, course), ...(isVast ? { usual } : {}) }, without);
    });
}

/** The same plan where parts of XX are left out. */
export function planWithout(whole: Plan, without: readonly PartId[]): Plan {
  const plan = (without.includes('overflow') ? whole.usual : undefined) ?? whole;
  const config = narrowed(plan.config, without);
  if (config.without === undefined) return plan;
  const leftOut = new Set<StimulusType>(config.without.flatMap((id) => partOf(id).stimuli));
  const weights = plan.weights.map((weight, index) => (leftOut.has(MIXED[index]!) ? 0 : weight));
  return { ...plan, config, weights };
}

const USUAL: Course = { kind: 'usual' };

function coursesOf(size: Size, paging: (config: Configuration) => Configuration): fc.Arbitrary<Course> {
  const crowds = fc
    .noBias(fc.integer({ min: 34, max: 140 }))
    .map((crowd): Course => ({ kind: 'crowd', crowd }));
  const vast = fc
    .noBias(fc.constantFrom(...VASTNESSES))
    .map((vastness): Course => ({ kind: 'vast', vastness }));
  const scales = fc.noBias(fc.constantFrom(...SCALES)).map((scale): Course => ({ kind: 'scaled', scale }));
  const money = fc
    .record({
      scale: fc.noBias(fc.constantFrom(...MONEY_SCALES)),
      config: exactConfigurations(size).map(paging),
    })
    .map((drawn): Course => ({ kind: 'scaled', ...drawn }));
  const long = fc.constant<Course>({ kind: 'long' });
  const list = fc.constant<Course>({ kind: 'list' });
  const shared = fc.constant<Course>({ kind: 'shared' });
  const lasting = mostly(LONG_EVERY, fc.constant(USUAL), long);
  const focused = mostly(LIST_EVERY, mostly(SHARED_EVERY, lasting, shared), list);
  const usual = mostly(CROWD_EVERY, focused, crowds);
  return mostly(VAST_EVERY, mostly(SCALED_EVERY, usual, mostly(MONEY_EVERY, scales, money)), vast);
}

function onCourse(plan: Plan, course: Course): Plan {
  switch (course.kind) {
    case 'usual':
      return plan;
    case 'vast':
      return vast(plan, course.vastness);
    case 'scaled':
      return {
        weights: course.scale.of === 'money' ? mostlyQueueing(plan.weights) : plan.weights,
        ...scaled({ ...plan, config: course.config ?? plan.config }, course.scale),
        genes: plan.genes.slice(0, mostStepsAt(course.scale)),
      };
    case 'crowd':
      return crowded(plan, course.crowd);
    case 'list':
      return listed(plan);
    case 'shared':
      return shared(plan);
    case 'long':
      return long(plan);
  }
}

/** `length` numbers from one: a multiplicative sequence, which the director stirs before it draws from them. */
function genesFrom(gene: number, length: number): number[] {
  const genes: number[] = [];
  for (let index = 1; index <= length; index++) genes.push(Math.imul(gene + index, 0x9e3779b1) >>> 0);
  return genes;
}

function vast({ config, weights, habits, genes }: Plan, vastness: Vastness): Plan {
  const aim = AIM_OF[vastness];
  return {
    config: enlarged(config, vastness),
    weights: vastness === 'prices' ? mostlyQueueing(weights) : weights,
    habits: {
      ...(aim === null ? habits : aimingAt(habits, aim, 7)),
      longestPauseMs: longestPauseOf(vastness),
      rhythm: vastness === 'periods' ? 'leaps' : 'bursts',
    },
    genes: vastness === 'periods' ? genes : genes.slice(0, MOST_VAST_STEPS),
  };
}

/** Where figures are that vast, only those that nearly meet tell one way of comparing them from another. */
const AIM_OF: Record<Vastness, AimName | null> = {
  prices: 'heads',
  rates: 'money',
  periods: 'money',
  memory: null,
  sizes: 'brim',
  brim: 'brim',
};

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
    config: {
      ...config,
      machines: [{ ...first!, ram }, ...others],
      // With `leave` 0 an entry is never withdrawn, so it shows when many go at once.
      idle: config.seed % 2 === 0 ? { ...config.idle, leave: 0 } : config.idle,
    },
    weights,
    habits: { ...(config.seed % 2 === 0 ? aimingAt(habits, 'thresholds') : habits), crowd },
    genes: [
      ...Array.from({ length: 2 * crowd }, (_, index) => genes[index % genes.length]! ^ index),
      ...genes,
    ],
  };
}

/** How many machines are on one list, where its order is at stake. */
const LISTED = { least: 8, most: 14, long: 22 };

/**
 * A run in which machines leave a long list, from anywhere in it, and come back: each has room for many functions, and
 * its entry soon says how many there are, which differs from one to the other.
 */
function listed({ config, weights, habits, genes }: Plan): Plan {
  const { machines, idle, seed } = config;
  const count = seed % 4 === 0 ? LISTED.long : LISTED.least + (seed % (LISTED.most - LISTED.least + 1));
  const roomy = Array.from({ length: count }, (_, index) => {
    const { cores, ram, swap } = machines[index % machines.length]!;
    return { cores: cores + (index % 3), ram: ram + 30 * config.initialMemory, swap };
  });
  return {
    config: {
      ...config,
      machines: roomy,
      shards: 1,
      idle: { ...idle, enter: 2, leave: 1, functionsDrift: 1 + (seed % 2) },
      tenants: [{ budget: null }],
    },
    weights: weights.map((weight, index) => LISTING[MIXED[index]!] ?? Math.min(weight, 1)),
    habits: {
      ...aimingAt(habits, 'long-lists', 7),
      crowd: FUNCTIONS_EACH * count,
      longestPauseMs: 1,
      rhythm: 'even',
      simultaneous: 7,
    },
    genes: genesFrom(genes[0]!, 2 * FUNCTIONS_EACH * count + STIRRING),
  };
}

const LISTING: Partial<Record<(typeof MIXED)[number], number>> = {
  submit: 3,
  turn: 4,
  finish: 12,
  resize: 4,
};

/** This many functions live on each machine before its entries begin to differ. */
const FUNCTIONS_EACH = 4;

/** This many steps then stir the list. */
const STIRRING = 130;

/**
 * A run on one machine of several cores and with swap for everybody, of three classes at least: an invocation that
 * grows makes others wait, and one that shrinks lets them go on.
 */
function shared({ config, weights, habits, genes }: Plan): Plan {
  const { seed, classes } = config;
  const [{ cores, ram }] = config.machines as [Configuration['machines'][number]];
  const few = Math.max(3, classes.length);
  return {
    config: {
      ...config,
      classes: Array.from({ length: few }, (_, index) => ({ name: `c${index}`, price: 1 + 2 * index })),
      machines: [{ cores: Math.max(cores, 2 + (seed % 3)), ram: ram + 6, swap: 4 * (ram + 6) }],
      initialMemory: 1 + (seed % 3),
    },
    weights,
    habits: { ...aimingAt(habits, 'room'), crowd: 6 },
    genes,
  };
}

/** A run in which functions come and go, one after another, long after others have ended. */
function long({ config, weights, habits, genes }: Plan): Plan {
  return {
    config,
    weights: weights.map((weight, index) => LASTING[MIXED[index]!] ?? Math.min(weight, 1)),
    habits,
    genes: genesFrom(genes[0]!, LONG_LIFE),
  };
}

const LASTING: Partial<Record<(typeof MIXED)[number], number>> = {
  submit: 30,
  turn: 40,
  finish: 36,
  call: 6,
};

/** A third of the stimuli is left out of a run, save those without which nothing would happen. */
function weightOf(type: (typeof MIXED)[number], draw: number): number {
  const essential = type === 'submit' || type === 'turn';
  return draw < 4 ? (essential ? BASE[type] : 0) : BASE[type] * (draw - 3);
}
