import type { PropertyId } from '../../property.ts';
import type { Lemma, LemmaId } from '../lemma.ts';
import { anExchangeCanStart } from './an-exchange-can-start.ts';
import { boundedStarvation } from './bounded-starvation.ts';
import { coresAreLent } from './cores-are-lent.ts';
import { eachTransferCounts } from './each-transfer-counts.ts';
import { firstComeFirstServed } from './first-come-first-served.ts';
import { greatestOfAll } from './greatest-of-all.ts';
import { heldOnBothSides } from './held-on-both-sides.ts';
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
import { steadyInTime } from './steady-in-time.ts';
import { theDiskServesTheHighest } from './the-disk-serves-the-highest.ts';
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
  heldOnBothSides,
  anExchangeCanStart,
  eachTransferCounts,
  steadyInTime,
  coresAreLent,
  theDiskServesTheHighest,
];

/** The lemmas that are about a rule, or that a property follows from. */
export function lemmasAbout(id: PropertyId): LemmaId[] {
  const isAbout = (ids: readonly string[]) => ids.includes(id);
  return LEMMAS.filter(({ rules, shows }) => isAbout(rules) || isAbout(shows)).map((lemma) => lemma.id);
}
