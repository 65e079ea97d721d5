import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import type { Checker } from '../../checkers/checker.ts';
import type { OnRequestId, Property } from '../../property.ts';
import { Whereabouts } from './whereabouts.ts';

/** What a peer promises of itself. */
export interface PeerPromise {
  readonly property: Property<OnRequestId> & { readonly onRequest: true };
  /** A new checker for each run. */
  create(config: Configuration): Checker;
}

/** What is wrong, and with whom. */
export interface Breach {
  readonly entity: string;
  readonly message: string;
}

/** How a promise is looked at, from a trace alone; `where` says what was where just before that. */
export interface Watch {
  /** A stimulus, before it counts in `where`. */
  hears?(stimulus: Stimulus, at: number): void;
  /** A decision, before it counts in `where`. */
  sees?(decision: Decision, at: number): Breach | null;
  /** The end of a step. */
  settles?(at: number): Breach | null;
}

/** What a promise says; the rest of a property follows. */
export interface Said {
  readonly id: OnRequestId;
  readonly name: string;
  readonly peer: string;
  readonly sentence: string;
  readonly premise: string;
  readonly judgedIn: string;
}

/** A promise that is judged by watching a trace. `met` notes that it was put to the test. */
export function promise(said: Said, watchOf: (where: Whereabouts, met: () => void) => Watch): PeerPromise {
  return { property: promised(said), create: (config) => checkerOf(said.id, config, watchOf) };
}

/** A promise as a property. */
export function promised({ id, name, peer, sentence, premise, judgedIn }: Said): PeerPromise['property'] {
  return {
    id,
    name,
    sentence,
    kind: 'safety',
    section: '5',
    premise,
    onRequest: true,
    promiseOf: peer,
    rules: [],
    judgedIn,
  };
}

function checkerOf(
  property: OnRequestId,
  config: Configuration,
  watchOf: (where: Whereabouts, met: () => void) => Watch,
): Checker {
  const where = new Whereabouts(config);
  let note = (): void => {};
  const watch = watchOf(where, () => note());
  return {
    property,
    check(_state, { at, stimulus, decisions }, met) {
      note = () => met(property);
      let breach: Breach | null = null;
      watch.hears?.(stimulus, at);
      where.hear(stimulus);
      for (const decision of decisions) {
        breach ??= watch.sees?.(decision, at) ?? null;
        where.follow(decision);
      }
      breach ??= watch.settles?.(at) ?? null;
      return breach === null ? null : { property, ...breach };
    },
  };
}
