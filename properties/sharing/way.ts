import type { Scenario } from '../../model/configuration.ts';
import { featuresOf } from '../campaign/features.ts';
import { EVERYTHING } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { Referee } from '../play/referee.ts';
import { emptyCampaignTally } from '../play/tally.ts';

/** A scenario that ends with the step in which something is met for the first time in it. */
export interface Way {
  /** What it leads to, as in `featuresOf`. */
  readonly feature: number;
  readonly scenario: Scenario;
}

/** A longer scenario is no way: others would spend their time on getting there. */
export const LONGEST_WAY = 200;

/**
 * Plays a scenario once more, step by step, to see where it meets what.
 *
 * @param wanted a 1 for each feature to which ways are wanted.
 * @returns a way to each of these that it meets in one of its first {@link LONGEST_WAY} steps; none if something is wrong
 * with it.
 */
export function waysIn({ config, stimuli }: Scenario, contestant: Contestant, wanted: Uint8Array): Way[] {
  const tally = emptyCampaignTally();
  const referee = new Referee(config, contestant.scheduler, tally, EVERYTHING);
  contestant.scheduler.announce?.(stimuli);
  const seen = new Set<number>();
  const ways: Way[] = [];
  for (const [index, { at, stimulus }] of stimuli.slice(0, LONGEST_WAY).entries()) {
    if (referee.play(at, stimulus) !== null) return [];
    for (const feature of featuresOf(tally)) {
      if (wanted[feature] === 0 || seen.has(feature)) continue;
      seen.add(feature);
      ways.push({ feature, scenario: { config, stimuli: stimuli.slice(0, index + 1) } });
    }
  }
  return ways;
}
