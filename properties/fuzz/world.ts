import type { CampaignViolation, Progress } from '../campaign/campaign.ts';
import type { FarmStatus } from '../farm/coordinator.ts';

/** The world outside a campaign. */
export interface FuzzWorld {
  /** A clock that never goes back, in ms. */
  readonly nowMs: () => number;
  /** Whether the campaign should stop. */
  readonly interrupted: () => boolean;
  readonly onProgress: (progress: FuzzProgress) => void;
  /** Says in a line what is waited for; nobody hears it unless given. */
  readonly say?: (line: string) => void;
  /** Is told at once of what was found, and where it is kept as it is, before it is shortened. */
  readonly onFound?: (violation: CampaignViolation, file: string) => void;
}

export interface FuzzProgress extends Progress {
  readonly elapsedMs: number;
  /** Who plays, if that is a farm. */
  readonly farm: FarmStatus | null;
}
