import type { Configuration } from '../../../model/configuration.ts';
import type { Habits } from '../../arbitraries/habits.ts';
import type { Aim } from './aim.ts';
import { attempts } from './attempts.ts';
import { calls } from './calls.ts';
import { heads } from './heads.ts';
import { longLists, thresholds } from './idle.ts';
import { antagonists, brim, demands, room } from './memory.ts';
import { money } from './money.ts';

/** Everything that a run may aim at. */
export const AIMS: readonly Aim[] = [
  money,
  heads,
  calls,
  attempts,
  demands,
  antagonists,
  room,
  thresholds,
  longLists,
  brim,
];

/** What a run on this cluster aims at, from what was drawn for it. */
export function aimOf(config: Configuration, { name, lot }: NonNullable<Habits['aim']>): Aim | null {
  const named = AIMS.filter((aim) => aim.name === name && aim.suits(config) !== 'not');
  const few = AIMS.filter((aim) => aim.suits(config) === 'as-few-do');
  const suitable = AIMS.filter((aim) => aim.suits(config) !== 'not');
  const among = named.length > 0 ? named : few.length > 0 && lot % 4 > 0 ? few : suitable;
  return among[Math.floor(lot / 4) % among.length] ?? null;
}
