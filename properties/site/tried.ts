import { runCampaign } from '../campaign/campaign.ts';
import { CATALOGUE, type Property, type PropertyId } from '../catalogue.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { timesMet } from '../play/tally.ts';

/** Where `npm run site:cases` keeps how often each property was put to the test. */
export const TRIED_FILE = 'docs/tried.json';

/** How often campaigns have put a property to the test, and nothing was found. */
export interface Tried {
  readonly id: PropertyId;
  readonly scheduler: string;
  readonly runs: number;
  readonly met: number;
}

export interface TriedRecord {
  readonly seed: number;
  readonly rows: readonly Tried[];
}

const SEED = 1;
/** All that XX is held to is tried together; what is judged on request is tried alone, and so in fewer runs. */
const RUNS = { together: 2_000, alone: 300 } as const;

/** Lets XX be judged by everything, and each scheduler that promises more by its promises. */
export async function triedAll(onProgress: (what: string) => void): Promise<TriedRecord> {
  onProgress('xx');
  const together = CATALOGUE.filter(({ onRequest, ofTheModel }) => !onRequest && !ofTheModel);
  const rows = await tried('xx', RUNS.together, [], together);
  for (const property of CATALOGUE.filter(({ onRequest }) => onRequest)) {
    onProgress(property.id);
    rows.push(...(await tried(property.promiseOf ?? 'xx', RUNS.alone, [property.id], [property])));
  }
  return { seed: SEED, rows };
}

/** Nothing of what fails: XX promises less than some of what is judged on request. */
async function tried(
  scheduler: string,
  runs: number,
  properties: readonly PropertyId[],
  of: readonly Property[],
): Promise<Tried[]> {
  const contestant = contestantOf({ scheduler });
  try {
    const { tally, violations } = await runCampaign({
      contestant,
      seed: SEED,
      size: 'medium',
      properties,
      shrink: false,
      wanted: (begun) => runs - begun,
      onProgress: () => {},
    });
    const broken = new Set(violations.map(({ finding }) => finding.property));
    return of
      .filter(({ id }) => !broken.has(id))
      .map(({ id }) => ({ id, scheduler, runs, met: timesMet(tally, id) }));
  } finally {
    contestant.close();
  }
}
