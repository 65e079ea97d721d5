import type { Lemma } from '../lemma.ts';
import { boundedStarvation } from './bounded-starvation.ts';
import { firstComeFirstServed } from './first-come-first-served.ts';
import { greatestOfAll } from './greatest-of-all.ts';
import { killsAreNeeded } from './kills-are-needed.ts';
import { killsSuffice } from './kills-suffice.ts';
import { listsSettle } from './lists-settle.ts';
import { neverStuck } from './never-stuck.ts';
import { noChainGoesUp } from './no-chain-goes-up.ts';
import { noInversion } from './no-inversion.ts';
import { nothingForALowerClass } from './nothing-for-a-lower-class.ts';
import { oneGivesFirst } from './one-gives-first.ts';
import { onlyDearerOvertake } from './only-dearer-overtake.ts';
import { overWhenDone } from './over-when-done.ts';
import { overtakingsCounted } from './overtakings-counted.ts';
import { placeDecides } from './place-decides.ts';
import { ramAndSwapSuffice } from './ram-and-swap-suffice.ts';
import { residentWhileRunning } from './resident-while-running.ts';
import { settlingEnds } from './settling-ends.ts';
import { steady } from './steady.ts';
import { walkFits } from './walk-fits.ts';

/** Every lemma, in the order of the pages. */
export const LEMMAS: readonly Lemma[] = [
  placeDecides,
  greatestOfAll,
  boundedStarvation,
  onlyDearerOvertake,
  overtakingsCounted,
  walkFits,
  noInversion,
  firstComeFirstServed,
  oneGivesFirst,
  nothingForALowerClass,
  steady,
  killsAreNeeded,
  killsSuffice,
  residentWhileRunning,
  neverStuck,
  ramAndSwapSuffice,
  overWhenDone,
  listsSettle,
  settlingEnds,
  noChainGoesUp,
];
