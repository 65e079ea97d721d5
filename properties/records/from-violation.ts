import type { Violation } from '../campaign/campaign.ts';
import { fingerprintOf } from '../campaign/fingerprint.ts';
import { workshopHere } from './origin.ts';
import type { CounterexampleRecord } from './record.ts';

/** What a campaign has found, as it is kept. */
export function recordOf(
  { finding, scenario, run, stepsBeforeShrinking }: Violation,
  { scheduler, seed }: { scheduler: string; seed: number },
): CounterexampleRecord {
  const { property, rule, step, entity, message } = finding;
  return {
    property,
    rule,
    step,
    entity,
    message,
    scheduler,
    fingerprint: fingerprintOf(property, scenario),
    origin: { ...workshopHere(), seed, run, stepsBeforeShrinking },
    scenario,
  };
}
