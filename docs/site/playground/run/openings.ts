import type { Decision, Stimulus, TimedStimulus } from '../../../../model/alphabet.ts';
import type { Scenario } from '../../../../model/configuration.ts';
import { type PropertyId, propertyOf } from '../../../../properties/catalogue.ts';
import { MUTANTS } from '../../../../properties/mutants/index.ts';
import { createXX } from '../../../../reference-impl/xx/xx.ts';
import { OPENINGS, PAIR, PAIR_IN_TIME } from './opening-tables.ts';
import { HANDS, type Session, sessionOf, withPlayer } from './session.ts';

/** What somebody is to break, and the tables on which that is tried. */

/** A rule or a property that somebody is to break. */
export interface Goal {
  readonly property: PropertyId;
  /** What to try with empty hands; null where nobody can break it by decisions alone. */
  readonly hint: string | null;
  /** Wrong schedulers that break it. */
  readonly breakers: readonly Breaker[];
}

export type Breaker = Pick<(typeof MUTANTS)[number], 'name' | 'sentence' | 'inTime'>;

export function goalOf(property: PropertyId): Goal {
  const breakers = MUTANTS.filter(({ rule }) => rule === property);
  return { property, hint: OPENINGS[property]?.hint ?? null, breakers };
}

/** Those that can be broken with empty hands. */
export const BREAKABLE: readonly PropertyId[] = Object.keys(OPENINGS) as PropertyId[];

/**
 * The table on which a goal can be reached with empty hands: what has happened, answered by XX, and the last stimulus
 * without an answer. What is judged only where it is named, and what another rule refuses first, is judged alone.
 */
export function tableForHands({ property, breakers }: Goal): Session | null {
  const opening = OPENINGS[property];
  if (opening === undefined) return null;
  const { config, happened, isAlone } = opening;
  const stimuli = timed([{ type: 'boot' }, ...happened]);
  const before = decisionsOfXX({ config, stimuli: stimuli.slice(0, -1) });
  return {
    ...{ title: `Try to break ${property}`, config, player: HANDS, stimuli },
    ...{ decisions: [...before, []], isOpen: true },
    properties: breakers.length === 0 || isAlone || propertyOf(property).onRequest ? [property] : [],
  };
}

/** The same table played by a scheduler that breaks it sooner or later. */
export function tableForBreaker({ property }: Goal, { name, inTime }: Breaker): Session {
  const empty = { config: inTime === true ? PAIR_IN_TIME : PAIR, happened: [] };
  const { config, happened } = inTime === true ? empty : (OPENINGS[property] ?? empty);
  const stimuli = timed([{ type: 'boot' }, ...happened]);
  return withPlayer(sessionOf(`Try to break ${property}`, { config, stimuli }, 'xx'), name);
}

/** A stimulus a ms. */
function timed(stimuli: readonly Stimulus[]): TimedStimulus[] {
  return stimuli.map((stimulus, at) => ({ at, stimulus }));
}

function decisionsOfXX({ config, stimuli }: Scenario): Decision[][] {
  const xx = createXX();
  xx.reset(config);
  return stimuli.map(({ at, stimulus }) => xx.step(at, stimulus));
}
