import fc from 'fast-check';
import { sometimesInTime } from '../arbitraries/configuration.ts';
import { plans } from '../arbitraries/plan.ts';
import { BLOCK } from '../campaign/block.ts';
import { type Discovery, discoveryOf } from '../campaign/discovery.ts';
import { FEATURES, featuresOf } from '../campaign/features.ts';
import { blockSeed } from '../campaign/seeds.ts';
import { noSightings, type Sightings, sight } from '../campaign/sightings.ts';
import { CATALOGUE, PROPERTY_INDEX } from '../catalogue.ts';
import type { Contestant } from '../play/contestant.ts';
import { BrokenScheduler } from '../play/referee.ts';
import { playPlan, scrutinyOf } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';

/** How the estimate of what is left is held against what is left. */
export interface DiscoveryOptions {
  readonly seed: number;
  /** After how many runs the estimate is made, ascending. */
  readonly after: readonly number[];
  /** How many other runs tell the true probabilities. */
  readonly further: number;
}

/** An estimate, and what it is an estimate of. */
export interface Held {
  readonly estimate: Discovery;
  /** Whether none of the runs until then found anything wrong. */
  readonly nothingWrong: boolean;
  /** The share of the further runs that met something which no run until then had met. */
  readonly trulyNew: number;
  /** The share of the further runs that found something wrong. */
  readonly trulyWrong: number;
}

/** What can be met: what is covered, each property that is violated, and a contract that is broken. */
const SPECIES = FEATURES + CATALOGUE.length + 1;

/**
 * Makes runs of a scheduler, goes on after what is wrong, and holds what is estimated on the way against many more runs.
 * What is found wrong is something that is met, like any other: by property, or as a broken contract.
 */
export function measureDiscovery(
  contestant: Contestant,
  { seed, after, further }: DiscoveryOptions,
): readonly Held[] {
  const sightings = noSightings(SPECIES);
  const points: { runs: number; sightings: Sightings; nothingWrong: boolean }[] = [];
  let nothingWrong = true;
  const most = Math.max(...after);
  eachRun(contestant, { seed, from: 0, runs: most }, (run, met) => {
    for (const species of met) sight(sightings, species, run);
    nothingWrong &&= !isWrong(met);
    if (after.includes(run)) points.push({ runs: run, sightings: copyOf(sightings), nothingWrong });
  });
  const news = points.map(() => 0);
  let wrong = 0;
  eachRun(contestant, { seed, from: Math.ceil(most / BLOCK), runs: further }, (_, met) => {
    if (isWrong(met)) wrong++;
    for (const [index, point] of points.entries()) {
      if (met.some((species) => point.sightings.times[species] === 0)) news[index]!++;
    }
  });
  return points.map((point, index) => ({
    estimate: discoveryOf(point.runs, point.sightings)!,
    nothingWrong: point.nothingWrong,
    trulyNew: news[index]! / further,
    trulyWrong: wrong / further,
  }));
}

function isWrong(met: readonly number[]): boolean {
  return met.at(-1)! >= FEATURES;
}

function copyOf({ times, first, second }: Sightings): Sightings {
  return { times: times.slice(), first: first.slice(), second: second.slice() };
}

/**
 * Makes runs as a campaign of everything does, in a third of them with paging that takes time, from one of its blocks on,
 * whatever is wrong with them.
 */
function eachRun(
  contestant: Contestant,
  { seed, from, runs }: { readonly seed: number; readonly from: number; readonly runs: number },
  onRun: (run: number, met: readonly number[]) => void,
): void {
  let made = 0;
  for (let block = from; made < runs; block++) {
    const property = fc.property(plans('medium', [], sometimesInTime), (plan) => {
      const number = block * BLOCK + (made % BLOCK);
      made++;
      onRun(made, metBy(contestant, plan, number));
      return true;
    });
    fc.assert(property, { seed: blockSeed(seed, block), numRuns: Math.min(BLOCK, runs - made) });
  }
}

/** What one run meets, in ascending order. */
function metBy(contestant: Contestant, plan: Parameters<typeof playPlan>[0], number: number): number[] {
  const tally = emptyCampaignTally();
  try {
    const { finding } = playPlan(plan, contestant, tally, scrutinyOf(number));
    const features = featuresOf(tally);
    if (finding === null) return features;
    const { property } = finding;
    return [...features, FEATURES + PROPERTY_INDEX[property]];
  } catch (error) {
    if (!(error instanceof BrokenScheduler)) throw error;
    return [...featuresOf(tally), SPECIES - 1];
  }
}
