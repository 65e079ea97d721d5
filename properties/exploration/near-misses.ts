import type { Tally } from '../../model/coverage.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { type BoundedInstance, configurationOf } from '../../model/explore/instance.ts';
import type { ReachedStates } from '../../model/explore/reached-states.ts';
import { stepsTo } from '../../model/explore/steps-to.ts';
import { askNearMisses } from '../play/near-misses.ts';

/** How many states this is done for, from the first to the last and evenly between. */
const ASKED = 64;

/**
 * Asks on the ways to some states about decisions that are nearly the same, as a campaign does on its runs: guards say no
 * only to these, since an exploration in which nothing is wrong takes none of them. Only the tally remembers it.
 */
export function askAround(
  instance: BoundedInstance,
  expander: Expander,
  visited: ReachedStates,
  tally: Tally,
): void {
  const config = configurationOf(instance);
  const states = visited.size;
  const count = Math.min(ASKED, states);
  for (let index = 1; index <= count; index++) {
    const steps = stepsTo(expander, visited, Math.floor((index * states) / count) - 1);
    const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
    const decisions = steps.map((step) => step.decisions);
    askNearMisses({ config, stimuli }, decisions, tally);
  }
}
