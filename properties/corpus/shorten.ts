import type { Scenario } from '../../model/configuration.ts';
import type { Entry } from './entry.ts';

/**
 * Takes stimuli away, in halves, quarters and so on down to single ones, the last first, and never `boot`.
 *
 * @param mostPlays how many candidates are tried at most.
 * @param play what a candidate covers, or null when that is too little.
 */
export function shortened(
  entry: Entry,
  mostPlays: number,
  play: (candidate: Scenario) => Entry | null,
): Entry {
  let best = entry;
  let plays = 0;
  for (let length = entry.scenario.stimuli.length >> 1; length >= 1; length >>= 1) {
    for (let end = best.scenario.stimuli.length; end > length; end -= length) {
      if (plays++ >= mostPlays) return best;
      const { config, stimuli } = best.scenario;
      if (end > stimuli.length) continue;
      const fewer = [...stimuli.slice(0, end - length), ...stimuli.slice(end)];
      best = play({ config, stimuli: fewer }) ?? best;
    }
  }
  return best;
}
