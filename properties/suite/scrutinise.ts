import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { runCampaign, type Violation } from '../campaign/campaign.ts';
import { addCampaignTally, emptyCampaignTally, timesMet } from '../campaign/referee.ts';
import type { Contestant } from '../campaign/run.ts';
import { judgedProperties } from '../campaign/summary.ts';
import type { PropertyId } from '../catalogue.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { keepRecord } from '../records/keep.ts';

/** What became of each property. */
export interface Scrutinised {
  readonly violated: ReadonlyMap<PropertyId, Kept>;
  /** How often the premise of a property was met. */
  readonly met: (id: PropertyId) => number;
  /** Why the scheduler broke off, if it did. */
  readonly broken: string | null;
}

/** A violation, and the file that it is kept in, if any. */
export interface Kept {
  readonly violation: Violation;
  readonly file: string | null;
}

/**
 * Puts every property to the test by itself: a campaign ends with the first violation, so another follows it that no
 * longer minds what is violated already, until one finds nothing.
 */
export async function scrutinise(how: {
  contestant: Contestant;
  runs: number;
  seed: number;
  size: Size;
  properties: readonly PropertyId[];
  counterexamples: string | null;
}): Promise<Scrutinised> {
  const { contestant, runs, seed, size, counterexamples } = how;
  const violated = new Map<PropertyId, Kept>();
  const tally = emptyCampaignTally();
  const met = (id: PropertyId): number => timesMet(tally, id);
  let left = judgedProperties(how.properties, false).map(({ id }) => id);
  try {
    while (left.length > 0) {
      const { violations, tally: seen } = await runCampaign({
        contestant,
        seed,
        size,
        properties: left,
        wanted: (begun) => runs - begun,
        onProgress: () => {},
      });
      addCampaignTally(tally, seen);
      const [violation] = violations;
      if (violation === undefined) break;
      const file =
        counterexamples === null
          ? null
          : keepRecord(
              counterexamples,
              recordOfViolation(violation, { scheduler: contestant.scheduler.name, seed }),
            );
      violated.set(violation.finding.property, { violation, file });
      left = left.filter((id) => id !== violation.finding.property);
    }
    return { violated, met, broken: null };
  } catch (error) {
    if (!(error instanceof BrokenScheduler)) throw error;
    return { violated, met, broken: error.message };
  }
}
