import type { Scenario } from '../../model/configuration.ts';
import { ADJACENT } from '../../model/coverage.ts';
import { type CampaignTally, emptyCampaignTally } from '../play/tally.ts';

/**
 * What a run can cover, numbered in this order: transitions, pairs of them, outcomes of guards, premises of rules and of
 * properties, sides of boundaries. For each kind, which of its counters count.
 */
export const COUNTERS_OF_FEATURES = (() => {
  const empty = emptyCampaignTally();
  const all = (kind: 'transitions' | 'outcomes' | 'premises' | 'met' | 'boundaries') =>
    ({ kind, indices: Uint32Array.from(empty[kind].keys()) }) as const;
  const pairs = { kind: 'pairs', indices: Uint32Array.from(ADJACENT) } as const;
  return [
    all('transitions'),
    pairs,
    all('outcomes'),
    all('premises'),
    all('met'),
    all('boundaries'),
  ] as const;
})();

/** How many things a run can cover. */
export const FEATURES: number = COUNTERS_OF_FEATURES.reduce((sum, { indices }) => sum + indices.length, 0);

/** The features that a tally shows, in ascending order. */
export function featuresOf(tally: CampaignTally): number[] {
  const features: number[] = [];
  let feature = 0;
  for (const { kind, indices } of COUNTERS_OF_FEATURES) {
    const counts = tally[kind];
    for (const index of indices) {
      if (counts[index]! > 0) features.push(feature);
      feature++;
    }
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
