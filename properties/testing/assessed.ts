import type { Story } from '../../model/testing.ts';
import type { Finding } from '../checkers/checker.ts';
import { askedOf } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import { emptyCampaignTally, timesMet } from '../play/tally.ts';
import type { PropertyId } from '../property.ts';

/** What one property, asked alone, finds wrong in a story, up to the first finding; and how often it was put to the test. */
export function assessed(
  property: PropertyId,
  { config, lines }: Story,
): { finding: Finding | null; met: number } {
  const tally = emptyCampaignTally();
  const assessor = new Assessor(config, tally, askedOf([property]));
  let finding: Finding | null = null;
  for (const [at, stimulus, ...decisions] of lines) {
    finding = assessor.assess(at, stimulus, decisions);
    if (finding !== null) break;
  }
  return { finding, met: timesMet(tally, property) };
}
