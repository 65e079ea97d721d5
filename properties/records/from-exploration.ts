import type { Step } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { type BoundedInstance, configurationOf } from '../../model/explore/instance.ts';
import type { PropertyId } from '../catalogue.ts';
import { type Asked, isEverything } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { workshopHere } from './origin.ts';
import { type CounterexampleRecord, recordOf } from './record.ts';

/** An exploration tries every sample that could be drawn; a scenario has the draws of one of these seeds, from 0. */
export const SEEDS_TRIED = 256;

/**
 * What an exploration has found, as a campaign would keep it: a scenario that, played from the start, fails by the same
 * property. Where samples are drawn it may take a certain seed of the configuration for the scheduler to draw what it
 * drew in the exploration; the first that does is kept.
 *
 * @returns null when no seed leads to the same violation.
 */
export function recordOfExploration(
  steps: readonly Step[],
  property: PropertyId,
  {
    instance,
    scheduler,
    contestant,
    asked,
  }: { instance: BoundedInstance; scheduler: string; contestant: Contestant; asked: Asked },
): CounterexampleRecord | null {
  const config = configurationOf(instance);
  const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
  for (let seed = 0; seed < SEEDS_TRIED; seed++) {
    const explored: Scenario = { config: { ...config, seed }, stimuli };
    const { scenario, finding } = playScenario(explored, contestant, emptyCampaignTally(), {
      property,
      asked,
    });
    if (finding?.property !== property) continue;
    const alone = !isEverything(asked);
    return recordOf(finding, scenario, { scheduler, origin: { ...workshopHere(), instance }, alone });
  }
  return null;
}
