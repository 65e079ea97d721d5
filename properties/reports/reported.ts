import type { CampaignViolation } from '../campaign/campaign.ts';
import type { CampaignSummary } from '../campaign/summary.ts';
import type { CorpusSummary } from '../corpus/corpus-summary.ts';
import type { SetAside } from '../records/collect.ts';

/** What there is to report of a campaign. */
export interface Reported {
  readonly summary: CampaignSummary;
  readonly violations: readonly CampaignViolation[];
  readonly corpus: CorpusSummary | null;
  /** A sentence for each threshold of coverage that was missed. */
  readonly missed: readonly string[];
  /** Files that could not be read. */
  readonly setAside: readonly SetAside[];
  /** What names the scheduler on the command line. */
  readonly flags: string;
}
