import { deflateSync, strToU8 } from 'fflate';
import type { Decision, Stimulus, TimedStimulus } from '../../../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../../../model/configuration.ts';
import { CATALOGUE, type PropertyId, propertyOf } from '../../../../properties/catalogue.ts';
import type { Finding } from '../../../../properties/checkers/checker.ts';
import { MUTANTS } from '../../../../properties/mutants/index.ts';
import type { PageData } from '../../../../properties/replay/exports/html/data.ts';
import { withWordsOf } from '../../../../reference-impl/scheduler.ts';
import { isPeer, KNOWN } from '../../run/players.ts';
import { toBase64 } from './base64.ts';

/** Who plays where the reader decides: no scheduler at all. */
export const HANDS = 'you';

/** What is on the table: a cluster, what happens to it, and who decides. Never changed, only replaced. */
export interface Session {
  readonly title: string;
  readonly config: Configuration;
  /** The name of a scheduler, or {@link HANDS}. */
  readonly player: string;
  /** The first is always `boot`. */
  readonly stimuli: readonly TimedStimulus[];
  /** With empty hands, what was decided in each step; none otherwise. */
  readonly decisions: readonly (readonly Decision[])[];
  /** With empty hands, whether the last step has not ended yet: then it is not judged yet, either. */
  readonly isOpen: boolean;
  /** Only these properties are judged, each on its own evidence; everything, when empty. */
  readonly properties: readonly PropertyId[];
  /** What a campaign found, if that takes several plays: then the page cannot find it again by playing it once. */
  readonly told?: Finding;
}

const BOOT: TimedStimulus = { at: 0, stimulus: { type: 'boot' } };

/** A cluster to which nothing has happened yet but `boot`. */
export function begun(title: string, config: Configuration, player: string): Session {
  return withPlayer({ title, config, player, stimuli: [BOOT], ...NO_HANDS, properties: [] }, player);
}

/** What was on a table is not, with empty hands: only its cluster is. */
const OWN_TITLE = 'Empty hands: ';

const NO_HANDS = { decisions: [], isOpen: false } as const;

/** A session of a scenario that a scheduler plays. */
export function sessionOf(
  title: string,
  { config, stimuli }: Scenario,
  player: string,
  properties: readonly PropertyId[] = [],
): Session {
  return { title, config, player, stimuli, ...NO_HANDS, properties };
}

/**
 * The same cluster, with somebody else to decide, and judged as is fair for whom. The cluster has the optional words that
 * a scheduler uses. What another has decided means nothing with empty hands, so there the cluster has only booted.
 */
export function withPlayer(session: Session, player: string): Session {
  const properties = isOwn(session) ? ownOf(player) : session.properties;
  const title = session.title.replace(OWN_TITLE, '');
  if (player === HANDS) {
    const boot = session.stimuli[0] ?? BOOT;
    return {
      ...session,
      title: `${OWN_TITLE}${title}`,
      player,
      properties,
      stimuli: [boot],
      decisions: [[]],
      isOpen: true,
    };
  }
  const scheduler = KNOWN.find(({ name }) => name === player)?.create();
  const config = scheduler === undefined ? session.config : withWordsOf(scheduler, session.config);
  return { ...session, title, config, player, properties, ...NO_HANDS };
}

/** Whether nobody has asked for other properties than those by which its player is judged. */
export function isOwn({ player, properties }: Session): boolean {
  return properties.length === 0 || String(properties) === String(ownOf(player));
}

/**
 * By what a scheduler is judged: another one than XX is not bound by its rules, but by its own promises, and a wrong one
 * may break what is judged only where it is named.
 */
export function ownOf(player: string): PropertyId[] {
  const wrong = MUTANTS.find(({ name }) => name === player);
  if (wrong !== undefined) {
    const isNamed = propertyOf(wrong.rule).onRequest === true || wrong.beside.length > 0;
    return isNamed ? [wrong.rule, ...wrong.beside] : [];
  }
  if (player === HANDS || !isPeer(player)) return [];
  const promises = CATALOGUE.filter(({ promiseOf }) => promiseOf === player).map(({ id }) => id);
  return ['conservation', ...promises];
}

/** What comes after a step is taken back. @param step how many steps stay, at least 1. */
export function cutAfter(session: Session, step: number): Session {
  if (step >= session.stimuli.length) return session;
  const { stimuli, decisions } = session;
  return { ...session, stimuli: stimuli.slice(0, step), decisions: decisions.slice(0, step), isOpen: false };
}

/** Something happens after a step; whatever came after it is taken back. */
export function happenedAfter(session: Session, step: number, at: number, stimulus: Stimulus): Session {
  const kept = cutAfter(session, step);
  const stimuli = [...kept.stimuli, { at, stimulus }];
  if (session.player !== HANDS) return { ...kept, stimuli };
  return { ...kept, stimuli, decisions: [...kept.decisions, []], isOpen: true };
}

/** One step less, where a scheduler decides: what then is no longer possible is left out. `boot` stays. */
export function without(session: Session, step: number): Session {
  if (step <= 1) return session;
  return { ...session, stimuli: session.stimuli.filter((_, index) => index !== step - 1) };
}

/**
 * With empty hands: one more decision, after the first `point` of a step. Whatever came after it is taken back, and the
 * step goes on.
 */
export function decided(session: Session, step: number, point: number, decision: Decision): Session {
  const kept = cutAfter(session, step);
  const taken = (kept.decisions[step - 1] ?? []).slice(0, point);
  return {
    ...kept,
    decisions: [...kept.decisions.slice(0, step - 1), [...taken, decision]],
    isOpen: true,
  };
}

/** With empty hands: the step ends after the first `point` of its decisions, and is judged. */
export function ended(session: Session, step: number, point: number): Session {
  const kept = cutAfter(session, step);
  const taken = (kept.decisions[step - 1] ?? []).slice(0, point);
  return { ...kept, decisions: [...kept.decisions.slice(0, step - 1), taken], isOpen: false };
}

/** Whether two tables have the same on them, decided by the same. */
export function isSameTable(one: Session, other: Session): boolean {
  if (one.title !== other.title || one.stimuli.length !== other.stimuli.length) return false;
  return JSON.stringify(dataOf(one)) === JSON.stringify(dataOf(other));
}

/** The session without what was told of it, since it is not the same any more. */
export function untold({ told: _, ...session }: Session): Session {
  return session;
}

/** What the viewer is given to show a session. */
export function dataOf(session: Session): PageData {
  const { title, config, stimuli, player, decisions, isOpen, properties } = session;
  const played =
    player === HANDS
      ? ({ type: 'decisions', name: HANDS, deflated: packed(decisions), endsUnjudged: isOpen } as const)
      : ({ type: 'scheduler', name: player } as const);
  return {
    file: title,
    scenario: { config, stimuli: [...stimuli] },
    player: played,
    properties,
    // What comes of a cluster that is changed need not be possible any more.
    leavesOut: true,
    ...{ told: session.told ?? null, range: null },
  };
}

function packed(decisions: Session['decisions']): string {
  return toBase64(deflateSync(strToU8(JSON.stringify(decisions)), { level: 9 }));
}
