import { addTally, emptyTally, type Tally } from '../../model/coverage.ts';
import { RULE_INDEX, RULES } from '../../model/rules/index.ts';
import { CATALOGUE, PROPERTY_INDEX, type PropertyId } from '../catalogue.ts';

/** What a campaign adds up over its runs; `met` has a counter for each property of {@link CATALOGUE}. */
export interface CampaignTally extends Tally {
  steps: number;
  /** Runs that ended before their end although nothing that is asked was wrong with them. */
  endedEarly: number;
}

export function emptyCampaignTally(): CampaignTally {
  return { ...emptyTally(CATALOGUE.length), steps: 0, endedEarly: 0 };
}

/** Adds one tally to another. */
export function addCampaignTally(to: CampaignTally, from: CampaignTally): void {
  addTally(to, from);
  to.steps += from.steps;
  to.endedEarly += from.endedEarly;
}

/** How often the premise of a property was met. */
export function timesMet(tally: Pick<Tally, 'met' | 'premises'>, id: PropertyId): number {
  const rule = RULES.find((candidate) => candidate.id === id);
  return rule === undefined ? tally.met[PROPERTY_INDEX[id]]! : tally.premises[RULE_INDEX[rule.id]]!;
}
