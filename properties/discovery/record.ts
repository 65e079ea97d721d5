import type { Held } from './measure.ts';

/** Where `npm run discovery` keeps what it has measured. */
export const RECORD_FILE = 'docs/discovery.json';

/** How often what campaigns say of what is left is true, over all wrong schedulers. */
export interface DiscoveryRecord {
  readonly seeds: number;
  /** How many other runs told the true probabilities, for each campaign. */
  readonly further: number;
  readonly schedulers: number;
  readonly rows: readonly DiscoveryRow[];
}

/** The campaigns of one length. */
export interface DiscoveryRow {
  readonly runs: number;
  readonly campaigns: number;
  /** In which the true probability of something new lies within the interval, below it, and above it. */
  readonly within: number;
  readonly below: number;
  readonly above: number;
  /** The means of the estimates and of the true probabilities. */
  readonly meanEstimate: number;
  readonly meanTrue: number;
  /** In which nothing wrong was found, and, of these, in which something wrong is more probable than was said. */
  readonly nothingFound: number;
  readonly wrongMoreProbable: number;
}

/** One row for each length. @param held of each campaign, what came of it at each length. */
export function rowsOf(held: readonly (readonly Held[])[]): readonly DiscoveryRow[] {
  const lengths = held[0]?.map(({ estimate }) => estimate.runs) ?? [];
  return lengths.map((runs, index) => {
    const all = held.map((campaign) => campaign[index]!);
    const count = (is: (one: Held) => boolean): number => all.filter(is).length;
    const mean = (of: (one: Held) => number): number =>
      Number((all.reduce((sum, one) => sum + of(one), 0) / all.length).toFixed(5));
    const below = count(({ trulyNew, estimate }) => trulyNew < estimate.somethingNew.least);
    const above = count(({ trulyNew, estimate }) => trulyNew > estimate.somethingNew.most);
    return {
      runs,
      campaigns: all.length,
      within: all.length - below - above,
      below,
      above,
      meanEstimate: mean(({ estimate }) => estimate.somethingNew.estimate),
      meanTrue: mean(({ trulyNew }) => trulyNew),
      nothingFound: count(({ nothingWrong }) => nothingWrong),
      wrongMoreProbable: count(
        ({ nothingWrong, trulyWrong, estimate }) => nothingWrong && trulyWrong > estimate.somethingWrong.most,
      ),
    };
  });
}

/** The least share of campaigns, of each length, in which what was said must be true. */
export const CONFIDENCE = 0.95;

/** Whether what campaigns say is true as often as they say. */
export function isCalibrated({ campaigns, within, wrongMoreProbable }: DiscoveryRow): boolean {
  return within >= CONFIDENCE * campaigns && wrongMoreProbable <= (1 - CONFIDENCE) * campaigns;
}
