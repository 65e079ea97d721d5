import { deflateRawSync } from 'node:zlib';
import type { Decision } from '../../../../model/alphabet.ts';
import type { Scenario } from '../../../../model/configuration.ts';
import type { PropertyId } from '../../../catalogue.ts';
import type { Finding } from '../../../checkers/checker.ts';
import type { Film } from '../../moment.ts';
import type { Range } from '../../range.ts';

/** What a page is given: a scenario and who plays it. What happens, the page finds out by itself. */
export interface PageData {
  /** What was played, without the directories of this machine. */
  readonly file: string;
  /** What else is to be known of it, in sentences. */
  readonly about?: string;
  readonly scenario: Scenario;
  readonly player: Player;
  /** Only these properties are judged; everything, when empty. */
  readonly properties: readonly PropertyId[];
  /** Whether stimuli that are not possible are left out. */
  readonly leavesOut: boolean;
  /** What the command line found; null when nothing is wrong. The page finds it again, unless it takes a whole run. */
  readonly told: Finding | null;
  /** The steps to show at first; null: those around the failing one. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

/**
 * Who decides: a scheduler that the page has with it; or, of a trace and of somebody else's scheduler, the decisions as
 * they were taken, a list a step, null for a step that was left out, as JSON, deflated, in base 64.
 */
export type Player =
  | { readonly type: 'scheduler'; readonly name: string }
  | {
      readonly type: 'decisions';
      readonly name: string;
      readonly deflated: string;
      /** Whether the last step cannot be judged: scheduler and model do not agree that its stimulus is possible. */
      readonly endsUnjudged: boolean;
    };

/** The data of the page of a film. */
export function pageData({ file, scheduler, plays, recording }: Film, range: Range): PageData {
  const { scenario, asked, leavesOut, endsUnjudged, finding, steps } = recording;
  const isPart = range.from > 1 || Number.isFinite(range.to);
  const player: Player =
    plays === undefined
      ? {
          type: 'decisions',
          name: scheduler,
          endsUnjudged,
          deflated: deflated(steps.map(({ decisions }) => decisions)),
        }
      : { type: 'scheduler', name: plays };
  return {
    file,
    // Decisions end where they ended; another scheduler may go on.
    scenario,
    player,
    properties: asked.properties,
    leavesOut,
    told: finding,
    range: isPart ? { from: range.from, to: Math.min(range.to, steps.length) } : null,
  };
}

function deflated(decisions: readonly (readonly Decision[] | null)[]): string {
  return deflateRawSync(JSON.stringify(decisions), { level: 9 }).toString('base64');
}
