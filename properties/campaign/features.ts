import type { Scenario } from '../../model/configuration.ts';
import { type CampaignTally, emptyCampaignTally } from '../play/tally.ts';

/**
 * What a run can cover, numbered: transitions, pairs of them, outcomes of guards, premises of rules and of properties, sides of
 * boundaries.
 */
export const FEATURES: number = countersOf(emptyCampaignTally()).reduce((sum, { length }) => sum + length, 0);

function countersOf({
  transitions,
  pairs,
  outcomes,
  premises,
  met,
  boundaries,
}: CampaignTally): Uint32Array[] {
  return [transitions, pairs, outcomes, premises, met, boundaries];
}

/** The features that a tally shows, in ascending order. */
export function featuresOf(tally: CampaignTally): number[] {
  const features: number[] = [];
  let offset = 0;
  for (const counters of countersOf(tally)) {
    for (let index = 0; index < counters.length; index++) {
      if (counters[index]! > 0) features.push(offset + index);
    }
    offset += counters.length;
  }
  return features;
}

/** Collects scenarios that are the first to show something. */
export class Novelty {
  readonly scenarios: Scenario[] = [];
  private readonly known: Uint8Array;

  /** @param known a 1 for each feature that is known; a copy is taken. */
  constructor(known: Uint8Array) {
    this.known = known.slice();
  }

  see(scenario: Scenario, tally: CampaignTally): void {
    const fresh = featuresOf(tally).filter((feature) => this.known[feature] === 0);
    if (fresh.length === 0) return;
    for (const feature of fresh) this.known[feature] = 1;
    this.scenarios.push(scenario);
  }
}
