import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { check } from '../exploration/check.ts';
import { EXPLORABLE } from '../exploration/expanders.ts';
import { OF_WHOLE_RUNS } from '../play/whole-runs.ts';

/** Which of XX's rules and properties a variant departs from: what a repair gives up, as far as it was looked for. */
export interface Departures {
  readonly scheduler: string;
  /** Those that are violated in some run. */
  readonly from: readonly PropertyId[];
  /** How many were judged, each alone, and in how many runs of generated clusters each. */
  readonly judged: number;
  readonly runs: number;
  /** The states of the quoted instance, in all of which the others hold; null for who cannot be put into a state. */
  readonly states: number | null;
}

const RUNS = 100;

/** Judged after every step, and said of XX. */
const JUDGED: readonly PropertyId[] = CATALOGUE.filter(
  ({ id, onRequest, ofTheModel }) => !onRequest && !ofTheModel && !OF_WHOLE_RUNS.includes(id),
).map(({ id }) => id);

export async function departuresOf(scheduler: string): Promise<Departures> {
  const from = new Set<PropertyId>();
  for (const property of JUDGED) {
    if (await isViolatedAtRandom(scheduler, property)) from.add(property);
  }
  const states = createScheduler(scheduler).load === undefined ? null : await explored(scheduler, from);
  return {
    scheduler,
    from: JUDGED.filter((id) => from.has(id)),
    judged: JUDGED.length,
    runs: RUNS,
    states,
  };
}

async function isViolatedAtRandom(scheduler: string, property: PropertyId): Promise<boolean> {
  const { violations } = await runCampaign({
    contestant: { scheduler: createScheduler(scheduler) },
    seed: 1,
    size: 'medium',
    properties: [property],
    shrink: false,
    wanted: (runs) => RUNS - runs,
    onProgress: () => {},
  });
  return violations.some(({ finding }) => finding.property === property);
}

/** Explores all states by what it is not known to depart from, and adds what it departs from there. */
async function explored(scheduler: string, from: Set<PropertyId>): Promise<number> {
  for (;;) {
    const properties = JUDGED.filter((id) => EXPLORABLE.includes(id) && !from.has(id));
    const { violations, states, complete } = await check(
      { instance: QUOTED_INSTANCE, scheduler, properties, workers: 1, out: 'counterexamples/found' },
      { nowMs: () => 0, interrupted: () => false, onProgress: () => {} },
    );
    const fallen = JUDGED.filter((id) => violations.some(({ rule }) => rule === id));
    if (fallen.length === 0) {
      if (!complete) throw new Error(`${scheduler}: the exploration did not come to its end`);
      return states;
    }
    for (const id of fallen) from.add(id);
  }
}
