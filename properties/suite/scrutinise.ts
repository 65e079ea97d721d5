import type { PartId } from '../../model/alphabet.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { type CampaignResult, type CampaignViolation, runCampaign } from '../campaign/campaign.ts';
import { judgedProperties, shownOf } from '../campaign/summary.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Contestant } from '../play/contestant.ts';
import { timesMet } from '../play/tally.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { keepRecord } from '../records/keep.ts';

/** What became of each property. */
export interface Scrutinised {
  readonly violated: ReadonlyMap<PropertyId, Kept>;
  /** Why a property that is not violated is not shown to hold, either; null when it is shown. */
  readonly whyNotShown: (id: PropertyId) => string | null;
  /** How often each goal of the contestant was met, in all campaigns together. */
  readonly goalsMet: readonly number[];
  /** Why the scheduler broke, if it did: it crashed, hung or broke the contract. */
  readonly broken: string | null;
}

/** A violation, and the file that it is kept in, if any. */
export interface Kept {
  readonly violation: CampaignViolation;
  readonly file: string | null;
}

/** What is judged: the properties asked for, or all that apply; and what is not possible, which is refused anyway. */
export function scrutinised(
  properties: readonly PropertyId[],
  except: readonly PropertyId[] = [],
): PropertyId[] {
  const asked = judgedProperties(properties, except)
    .map(({ id }) => id)
    .filter((id) => id !== 'immer-equals-direct');
  return asked.includes('possible-decision') ? asked : [...asked, 'possible-decision'];
}

/**
 * Puts every property to the test by itself: a campaign ends with the first violation, so another follows it that asks
 * only for what is not violated yet, each on its own evidence, until one finds nothing.
 */
export async function scrutinise(how: {
  contestant: Contestant;
  runs: number;
  seed: number;
  size: Size;
  properties: readonly PropertyId[];
  /** Left out of everything. */
  except?: readonly PropertyId[];
  /** Parts of XX that are left out. */
  without?: readonly PartId[];
  counterexamples: string | null;
}): Promise<Scrutinised> {
  const { contestant, runs, seed, size, except = [], without = [], counterexamples } = how;
  const violated = new Map<PropertyId, Kept>();
  let properties = how.properties;
  let left = scrutinised(properties, except);
  let last: CampaignResult | null = null;
  const goalsMet = (contestant.goals ?? []).map(() => 0);
  const whyNotShown = (id: PropertyId): string | null => {
    if (last === null) return 'no campaign ran to its end';
    return shownOf(id, timesMet(last.tally, id), last, { hasTwin: false, interrupted: false }).why;
  };
  try {
    while (left.length > 0) {
      const result = await runCampaign({
        contestant,
        seed,
        size,
        properties,
        except,
        without,
        wanted: (begun) => runs - begun,
        onProgress: () => {},
      });
      for (const [index, met] of result.tally.goals.entries()) goalsMet[index]! += met;
      const [violation] = result.violations;
      const found = violation?.finding.property;
      if (violation === undefined || found === undefined || violated.has(found)) {
        last = { ...result, violations: [] };
        break;
      }
      const { name } = contestant.scheduler;
      const record = recordOfViolation(violation, { scheduler: name, seed });
      const file = counterexamples === null ? null : keepRecord(counterexamples, record);
      violated.set(found, { violation, file });
      left = left.filter((id) => id !== found);
      // It is refused whatever is asked: asking for it would end the search for anything else.
      properties = left.length > 1 ? left.filter((id) => id !== 'possible-decision') : left;
    }
    return { violated, whyNotShown, goalsMet, broken: null };
  } catch (error) {
    if (!(error instanceof BrokenScheduler)) throw error;
    return { violated, whyNotShown, goalsMet, broken: error.message };
  }
}
