import { type CampaignViolation, runCampaign } from '../campaign/campaign.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Contestant } from '../play/contestant.ts';

/** Within so many runs every mutant must be found. */
const MOST_RUNS = 2_000;

/** What a campaign from seed 1 finds, as it finds it: of the properties given, or of all; null when it finds nothing. */
export async function foundIn(
  contestant: Contestant,
  properties: readonly PropertyId[],
): Promise<CampaignViolation | null> {
  const { violations } = await runCampaign({
    contestant,
    seed: 1,
    size: 'medium',
    properties,
    shrink: false,
    wanted: (runs) => MOST_RUNS - runs,
    onProgress: () => {},
  });
  return violations[0] ?? null;
}
