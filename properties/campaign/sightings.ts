import type { CampaignTally } from '../play/tally.ts';
import { COUNTERS_OF_FEATURES, FEATURES } from './features.ts';

/**
 * In how many runs of a campaign each feature was met: in none, in one, in two, or in more, which is all that an estimate
 * of what is left needs. Sightings of different runs add up in any order.
 */
export interface Sightings {
  /** By feature: 0, 1, 2, or {@link OFTEN} for more than two. */
  readonly times: Uint8Array<ArrayBuffer>;
  /** The runs, counted from 1 over the whole campaign, that met a feature that was met once or twice; 0 otherwise. */
  readonly first: Float64Array<ArrayBuffer>;
  readonly second: Float64Array<ArrayBuffer>;
}

export const OFTEN = 3;

export function noSightings(features = FEATURES): Sightings {
  return {
    times: new Uint8Array(features),
    first: new Float64Array(features),
    second: new Float64Array(features),
  };
}

/** Notes that a run has met a feature. A run notes each feature once. */
export function sight({ times, first, second }: Sightings, feature: number, run: number): void {
  switch (times[feature]) {
    case 0:
      times[feature] = 1;
      first[feature] = run;
      return;
    case 1:
      times[feature] = 2;
      second[feature] = Math.max(first[feature]!, run);
      first[feature] = Math.min(first[feature]!, run);
      return;
    case 2:
      times[feature] = OFTEN;
      first[feature] = 0;
      second[feature] = 0;
      return;
    default:
  }
}

/** Adds sightings of other runs. */
export function addSightings(to: Sightings, from: Sightings): void {
  for (let feature = 0; feature < from.times.length; feature++) {
    const times = from.times[feature]!;
    if (times === OFTEN) {
      to.times[feature] = OFTEN;
      to.first[feature] = 0;
      to.second[feature] = 0;
      continue;
    }
    if (times > 0) sight(to, feature, from.first[feature]!);
    if (times > 1) sight(to, feature, from.second[feature]!);
  }
}

/** Sightings as files and queues have them: features that were met in one run, and in which; in two; and in more. */
export interface SightingsPart {
  readonly once: readonly (readonly [feature: number, run: number])[];
  readonly twice: readonly (readonly [feature: number, run: number, another: number])[];
  readonly often: readonly number[];
}

/** Sightings as files have them. */
export function sightingsPartOf({ times, first, second }: Sightings): SightingsPart {
  const met = [...times.entries()];
  return {
    once: met.filter(([, count]) => count === 1).map(([feature]) => [feature, first[feature]!]),
    twice: met
      .filter(([, count]) => count === 2)
      .map(([feature]) => [feature, first[feature]!, second[feature]!]),
    often: met.filter(([, count]) => count === OFTEN).map(([feature]) => feature),
  };
}

/** Of features that are counted here, those that a file or a queue tells of. */
export function sightingsOfPart({ once, twice, often }: SightingsPart): Sightings {
  const sightings = noSightings();
  for (const [feature, ...runs] of [...once, ...twice]) {
    for (const run of runs) if (feature < FEATURES) sight(sightings, feature, run);
  }
  for (const feature of often) if (feature < FEATURES) sightings.times[feature] = OFTEN;
  return sightings;
}

/** Sees what a run has added to a tally that many runs add to. */
export class Watch {
  readonly sightings: Sightings = noSightings();
  private readonly tally: CampaignTally;
  private readonly before = new Float64Array(FEATURES);

  constructor(tally: CampaignTally) {
    this.tally = tally;
  }

  /** The run of this number has ended. */
  note(run: number): void {
    let feature = 0;
    for (const { kind, indices } of COUNTERS_OF_FEATURES) {
      const counts = this.tally[kind];
      for (let at = 0; at < indices.length; at++, feature++) {
        const count = counts[indices[at]!]!;
        if (count === this.before[feature]) continue;
        this.before[feature] = count;
        sight(this.sightings, feature, run);
      }
    }
  }
}
