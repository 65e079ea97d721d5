import type { Peaks } from '../simulation-page/of-figure.ts';
import { interruptible } from './command.ts';

/** What pages of simulations have beside the figures: where the runs are worst, and how it came to that. */

export type FindPeaks = (interrupted: () => boolean) => Promise<Peaks | null>;

export const NO_PEAKS: Peaks = {
  peaks: [],
  replays: [],
  whyNoReplay:
    'Nothing here leads to a replay: the command was interrupted before it had looked for the peaks. Run it again to have them.',
};

/**
 * Looks for the peaks of a page, which plays parts of the runs again. A page of what was cut short has none.
 *
 * @returns null when a signal came meanwhile.
 */
export async function peaksForPage(
  html: string | undefined,
  isWhole: boolean,
  find: FindPeaks,
): Promise<Peaks | null> {
  return html === undefined || !isWhole ? NO_PEAKS : interruptible(find);
}
