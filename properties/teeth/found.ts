import { type CampaignViolation, runCampaign } from '../campaign/campaign.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Contestant } from '../play/contestant.ts';
import { timesMet } from '../play/tally.ts';

/** Within so many runs every mutant must be found. */
const MOST_RUNS = 2_000;

/** What a campaign found, and how often what it found was put to the test. */
export interface Found extends CampaignViolation {
  readonly met: number;
}

/** What a campaign from seed 1 finds, as it finds it: of the properties given, or of all; null when it finds nothing. */
export async function foundIn(
  contestant: Contestant,
  properties: readonly PropertyId[],
): Promise<Found | null> {
  const { violations, tally } = await runCampaign({
    contestant,
    seed: 1,
    size: 'medium',
    properties,
    shrink: false,
    wanted: (runs) => MOST_RUNS - runs,
    onProgress: () => {},
  });
  const [first] = violations;
  return first === undefined ? null : { ...first, met: timesMet(tally, first.finding.property) };
}

/**
 * The property of what such a campaign finds; null when it finds nothing.
 *
 * @throws Error when what is violated was never put to the test.
 */
export async function propertyFound(
  contestant: Contestant,
  properties: readonly PropertyId[],
): Promise<PropertyId | null> {
  const found = await foundIn(contestant, properties);
  if (found === null) return null;
  const { property } = found.finding;
  if (found.met === 0) throw new Error(`${property} is violated, and was never put to the test`);
  return property;
}
