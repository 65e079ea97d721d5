import type { Scenario } from '../../model/configuration.ts';
import { ADJACENT } from '../../model/coverage.ts';
import { COUNTED } from '../../model/table.ts';
import { createGenerator, type Generator, nextBelow, nextUnit } from '../../reference-impl/random.ts';
import { COUNTERS_OF_FEATURES, FEATURES } from '../campaign/features.ts';
import type { Lead, News } from './onwards.ts';
import type { Way } from './way.ts';

/** So many ways to each feature are kept: the first that anybody found. */
export const WAYS_EACH = 3;

/** A job is told of no more, so that telling takes no time beside the runs. */
const MOST_STARTS = 50;

/** What is met in more than one of this many runs needs no way: runs meet it by themselves. */
const RARE = 20;

/** Before this many runs nobody knows what is rare. */
const ENOUGH_RUNS = 200;

/** The first feature that is a pair of transitions; the transitions themselves are the first of all. */
const FIRST_PAIR = COUNTERS_OF_FEATURES[0].indices.length;

/**
 * Where runs should begin that go on from what others have met: on ways to what is rarely met, and to the first of two
 * transitions that are rarely met one right after the other.
 */
export class Steering {
  private runs = 0;
  /** How many runs have met each feature. */
  private readonly met = new Float64Array(FEATURES);
  /** How many runs were sent off towards each feature. */
  private readonly sent = new Float64Array(FEATURES);
  private readonly ways: Scenario[][] = Array.from({ length: FEATURES }, () => []);
  private readonly generator: Generator;

  constructor(seed: number) {
    this.generator = createGenerator(seed);
  }

  /** What runs have met. */
  note({ runs, met }: Pick<News, 'runs' | 'met'>): void {
    this.runs += runs;
    for (let feature = 0; feature < FEATURES; feature++) this.met[feature]! += met[feature]!;
  }

  /** Takes up a way, unless enough ways lead there. */
  take({ feature, scenario }: Way): void {
    const ways = this.ways[feature]!;
    if (ways.length < WAYS_EACH) ways.push(scenario);
  }

  /** @param runs how many are to go on from somewhere: several from the same, if they are many. */
  lead(runs: number): Lead {
    return { starts: this.choose(Math.min(runs, MOST_STARTS)), wanted: this.wanted() };
  }

  /** Transitions, since pairs begin with them, and whatever is rare. */
  private wanted(): Uint8Array {
    const wanted = new Uint8Array(FEATURES);
    if (this.runs < ENOUGH_RUNS) return wanted;
    for (let feature = 0; feature < FEATURES; feature++) {
      const isRare = feature < FIRST_PAIR || RARE * this.met[feature]! < this.runs;
      if (isRare && this.ways[feature]!.length < WAYS_EACH) wanted[feature] = 1;
    }
    return wanted;
  }

  /** Where so many runs should begin; none as long as no way is known. */
  private choose(count: number): Scenario[] {
    const weights = Array.from({ length: FEATURES }, (_, feature) => this.weightOf(feature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return [];
    return Array.from({ length: count }, () => {
      let rest = nextUnit(this.generator) * total;
      let chosen = weights.findIndex((weight) => {
        rest -= weight;
        return weight > 0 && rest < 0;
      });
      // What is left of a sum of fractions may be more than nothing.
      if (chosen < 0) chosen = weights.findLastIndex((weight) => weight > 0);
      this.sent[chosen]!++;
      const ways = this.waysTowards(chosen);
      return ways[nextBelow(this.generator, ways.length)]!;
    });
  }

  /** The rarer and the less tried, the more. */
  private weightOf(feature: number): number {
    if (this.waysTowards(feature).length === 0) return 0;
    return 1 / (1 + this.met[feature]! + this.sent[feature]! / PATIENCE);
  }

  /** Ways to a feature; to a pair that nobody knows a way to, those to its first transition. */
  private waysTowards(feature: number): readonly Scenario[] {
    const own = this.ways[feature]!;
    if (own.length > 0 || feature < FIRST_PAIR || feature >= FIRST_PAIR + ADJACENT.length) return own;
    return this.ways[Math.floor(ADJACENT[feature - FIRST_PAIR]! / COUNTED.length)]!;
  }
}

/** So many runs that were sent towards a feature in vain count as one that has met it. */
const PATIENCE = 20;
