import type { Stimulus, TimedStimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import type { State } from '../../../model/state.ts';
import type { AimName } from '../../arbitraries/habits.ts';

/** What an aim has to choose with: the state, chance, and the means to make a new function. */
export interface Desk {
  readonly state: State;
  /** An integer from 0 up to, not including, `bound`. */
  readonly below: (bound: number) => number;
  /** A root that nobody has submitted yet. */
  readonly submission: (tenant: number) => Extract<Stimulus, { type: 'submit' }>;
}

/**
 * Something rare that a run may aim at: mostly that two figures of a rule are equal, or one apart. It chooses among the
 * stimuli that are possible, as the director does, only with more purpose.
 */
export interface Aim {
  readonly name: AimName;
  /** Whether a cluster suits it: not at all, as many do, or as few do, so that it should be aimed at. */
  suits(config: Configuration): 'not' | 'well' | 'as-few-do';
  /** A stimulus that hits it, or comes nearer to it; null when there is none now. */
  next(desk: Desk): TimedStimulus | null;
}

/** Whether a figure is one that a stimulus can have. */
export function isAmount(figure: number, least: number): boolean {
  return Number.isSafeInteger(figure) && figure >= least;
}

/** Off by one, or not: -1, 0 or 1. */
export function nearby({ below }: Desk): number {
  return below(3) - 1;
}

/** Looks at up to so many, from a random one on, for one that will do. */
export function someOf<Item>(
  items: readonly Item[],
  { below }: Desk,
  willDo: (item: Item) => boolean,
  most = 8,
): Item | null {
  const first = items.length === 0 ? 0 : below(items.length);
  for (let offset = 0; offset < Math.min(items.length, most); offset++) {
    const item = items[(first + offset) % items.length]!;
    if (willDo(item)) return item;
  }
  return null;
}
