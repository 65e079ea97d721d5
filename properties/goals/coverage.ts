import { type Coverage, type Covered, coverageOf, type Tally } from '../../model/coverage.ts';
import { CROSSINGS } from './boundaries/table.ts';

/** Rules ask for these: where only some properties are judged, not all of them are watched. */
export const UNWATCHED_ALONE = [
  'guards',
  'rules',
  'boundaries',
] as const satisfies readonly (keyof CampaignCoverage)[];

/**
 * What a campaign has covered: of the model, of the boundaries of its rules, and of user-defined goals. What was not
 * watched ({@link UNWATCHED_ALONE}) is null.
 */
export interface CampaignCoverage extends Pick<Coverage, 'transitions' | 'pairs'> {
  readonly guards: Coverage['guards'] | null;
  readonly rules: Coverage['rules'] | null;
  readonly boundaries: Covered | null;
  readonly goals: Covered;
}

/** The counters that it is made from. */
export interface Counted extends Tally {
  readonly boundaries: ArrayLike<number>;
  readonly goals: readonly number[];
}

/**
 * @param goals the names of user-defined goals, in the order in which they are counted.
 * @param asksAll whether all properties were judged, and so all rules.
 * @param inTime whether there were clusters where paging takes time.
 */
export function campaignCoverageOf(
  tally: Counted,
  goals: readonly string[],
  asksAll: boolean,
  inTime: boolean,
): CampaignCoverage {
  const { transitions, pairs, guards, rules } = coverageOf(tally, inTime);
  const met = covered(goals.map((name, index) => [name, tally.goals[index] ?? 0]));
  if (!asksAll) return { transitions, pairs, guards: null, rules: null, boundaries: null, goals: met };
  const boundaries = covered(CROSSINGS.map(({ name, counter }) => [name, tally.boundaries[counter]!]));
  return { transitions, pairs, guards, rules, boundaries, goals: met };
}

function covered(counts: readonly (readonly [string, number])[]): Covered {
  const missing = counts.filter(([, count]) => count === 0).map(([name]) => name);
  return { covered: counts.length - missing.length, total: counts.length, missing };
}
