import { type Coverage, type Covered, coverageOf, type Tally } from '../../model/coverage.ts';
import { CROSSINGS } from './boundaries/table.ts';

/** What a campaign has covered: of the model, of the boundaries of its rules, and of somebody's own goals. */
export interface CampaignCoverage extends Coverage {
  readonly boundaries: Covered;
  readonly goals: Covered;
}

/** The counters that it is made from. */
export interface Counted extends Tally {
  readonly boundaries: ArrayLike<number>;
  readonly goals: readonly number[];
}

/** @param goals the names of somebody's own, in the order in which they are counted. */
export function campaignCoverageOf(tally: Counted, goals: readonly string[]): CampaignCoverage {
  return {
    ...coverageOf(tally),
    boundaries: covered(CROSSINGS.map(({ name, counter }) => [name, tally.boundaries[counter]!])),
    goals: covered(goals.map((name, index) => [name, tally.goals[index] ?? 0])),
  };
}

function covered(counts: readonly (readonly [string, number])[]): Covered {
  const missing = counts.filter(([, count]) => count === 0).map(([name]) => name);
  return { covered: counts.length - missing.length, total: counts.length, missing };
}
