import type { Mutant } from '../parts/mutant.ts';
import { mutant as aRefusalUsesUpTheId } from './a-refusal-uses-up-the-id.ts';
import { mutant as chanceSurvivesAReset } from './chance-survives-a-reset.ts';
import { mutant as crashesTheDead } from './crashes-the-dead.ts';
import { mutant as joinsWhoIsUp } from './joins-who-is-up.ts';
import { mutant as letsTheReadyFinish } from './lets-the-ready-finish.ts';
import { mutant as snapshotsBreakTiesOtherwise } from './snapshots-break-ties-otherwise.ts';
import { mutant as snapshotsForgetTheLastArrival } from './snapshots-forget-the-last-arrival.ts';
import { mutant as takesADemandOfNothing } from './takes-a-demand-of-nothing.ts';
import { mutant as takesAnIdTwice } from './takes-an-id-twice.ts';
import { mutant as tiesBreakByTurns } from './ties-break-by-turns.ts';

/** Wrong about what a scheduler owes whoever drives it. */
export const CONTRACT: readonly Mutant[] = [
  chanceSurvivesAReset,
  tiesBreakByTurns,
  snapshotsBreakTiesOtherwise,
  snapshotsForgetTheLastArrival,
  takesAnIdTwice,
  letsTheReadyFinish,
  takesADemandOfNothing,
  joinsWhoIsUp,
  crashesTheDead,
  aRefusalUsesUpTheId,
];
