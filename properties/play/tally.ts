import { addTally, emptyTally, type Tally } from '../../model/coverage.ts';
import { RULE_INDEX, RULES } from '../../model/rules/index.ts';
import { CATALOGUE, PROPERTY_INDEX, type PropertyId } from '../catalogue.ts';
import { COUNTERS } from '../goals/boundaries/table.ts';

/** What a campaign adds up over its runs; `met` has a counter for each property of {@link CATALOGUE}. */
export interface CampaignTally extends Tally {
  /** How often runs reached each side of each boundary. */
  readonly boundaries: Uint32Array<ArrayBuffer>;
  /** How often each user-defined goal was met. */
  readonly goals: number[];
  steps: number;
  /** Runs that ended before their end although nothing that is asked was wrong with them. */
  endedEarly: number;
}

export function emptyCampaignTally(): CampaignTally {
  return {
    ...emptyTally(CATALOGUE.length),
    boundaries: new Uint32Array(COUNTERS),
    goals: [],
    steps: 0,
    endedEarly: 0,
  };
}

/** Adds one tally to another. */
export function addCampaignTally(to: CampaignTally, from: CampaignTally): void {
  addTally(to, from);
  to.steps += from.steps;
  to.endedEarly += from.endedEarly;
  for (let index = 0; index < COUNTERS; index++) to.boundaries[index]! += from.boundaries[index]!;
  for (const [index, count] of from.goals.entries()) to.goals[index] = (to.goals[index] ?? 0) + count;
}

/** How often the premise of a property was met. */
export function timesMet(tally: Pick<Tally, 'met' | 'premises'>, id: PropertyId): number {
  const rule = RULES.find((candidate) => candidate.id === id);
  return rule === undefined ? tally.met[PROPERTY_INDEX[id]]! : tally.premises[RULE_INDEX[rule.id]]!;
}
