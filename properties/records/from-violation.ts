import type { CampaignViolation } from '../campaign/campaign.ts';
import { workshopHere } from './origin.ts';
import { type CounterexampleRecord, recordOf } from './record.ts';

/** What a campaign has found, as it is kept. */
export function recordOfViolation(
  { finding, scenario, run, stepsBeforeShrinking, alone, onlyOnce }: CampaignViolation,
  { scheduler, seed }: { scheduler: string; seed: number },
): CounterexampleRecord {
  const origin = { ...workshopHere(), seed, run, stepsBeforeShrinking };
  return recordOf(finding, scenario, {
    scheduler,
    origin,
    alone,
    ...(onlyOnce === undefined ? {} : { onlyOnce }),
  });
}
