import type { Scenario } from '../../model/configuration.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { breathe } from '../breathe.ts';
import type { Contestant } from '../play/contestant.ts';
import type { Run } from '../play/play.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { makesSense } from './knobs.ts';
import { withoutInvocations, withoutOne, withoutRuns } from './removals.ts';

/** Each try may start a process again, and wait for one that hangs: so many are enough. */
const MOST_TRIES = 300;

const PASSES = [withoutRuns, withoutInvocations, withoutOne] as const;

/**
 * Leaves out of a scenario on which a scheduler breaks what it breaks without. A candidate counts when the scheduler
 * breaks in the same way.
 *
 * @param interrupted asked before each try; true ends the search with the shortest so far.
 * @returns the scenario as it was when the scheduler does not break on it again.
 */
export async function shrinkBroken(
  scenario: Scenario,
  broken: BrokenScheduler,
  contestant: Contestant,
  interrupted: () => boolean,
): Promise<Scenario> {
  // It has to start, and waiting once more for one that does not takes long.
  if (scenario.stimuli.length === 1) return scenario;
  const kind = kindOf(broken);
  let tries = 0;
  /** What of it was asked until the scheduler broke; null when it did not, or in another way. */
  const breaksOn = (candidate: Scenario): Scenario | Run | null => {
    tries++;
    if (!makesSense(candidate)) return null;
    contestant.restart?.();
    try {
      return playScenario(candidate, contestant, emptyCampaignTally());
    } catch (error) {
      if (!(error instanceof BrokenScheduler)) throw error;
      if (error instanceof StoppedWaiting) tries = MOST_TRIES;
      return kindOf(error) === kind ? error.scenario : null;
    }
  };
  const again = breaksOn(scenario);
  if (!isScenario(again)) return scenario;
  let best = again;
  for (let improved = true; improved; ) {
    improved = false;
    for (const pass of PASSES) {
      const candidates = pass(best);
      let next = candidates.next();
      while (!next.done) {
        await breathe();
        if (interrupted() || tries >= MOST_TRIES) return best;
        const outcome = breaksOn(next.value);
        if (isScenario(outcome) && outcome.stimuli.length < best.stimuli.length) {
          best = outcome;
          improved = true;
          break;
        }
        next = candidates.next();
      }
    }
  }
  return best;
}

function isScenario(outcome: Scenario | Run | null): outcome is Scenario {
  return outcome !== null && 'stimuli' in outcome;
}

/** How it broke, whatever the step, the figures and the last words: `ended with exit code #`. */
function kindOf({ message }: BrokenScheduler): string {
  const [, what = message] = /: it (.*)$/s.exec(message) ?? [];
  return what.split(';')[0]!.replaceAll(/\d+/g, '#');
}
