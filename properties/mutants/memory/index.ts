import type { Mutant } from '../parts/mutant.ts';
import { mutant as callsEveryKillOneForMemory } from './calls-every-kill-one-for-memory.ts';
import { mutant as countsFreedMemoryTwice } from './counts-freed-memory-twice.ts';
import { mutant as countsOnlyWhatIsResident } from './counts-only-what-is-resident.ts';
import { mutant as killsBeforeItSwaps } from './kills-before-it-swaps.ts';
import { mutant as killsByArrivalWithinAClass } from './kills-by-arrival-within-a-class.ts';
import { mutant as killsInSpiteOfTheAntagonist } from './kills-in-spite-of-the-antagonist.ts';
import { mutant as killsNoOneWhoRuns } from './kills-no-one-who-runs.ts';
import { mutant as killsNoOneWhoWaitsForACallee } from './kills-no-one-who-waits-for-a-callee.ts';
import { mutant as killsOneAStep } from './kills-one-a-step.ts';
import { mutant as killsTheHighest } from './kills-the-highest.ts';
import { mutant as killsTheHighestOfTheOversized } from './kills-the-highest-of-the-oversized.ts';
import { mutant as killsTheLargest } from './kills-the-largest.ts';
import { mutant as killsTheNewest } from './kills-the-newest.ts';
import { mutant as killsTheOldestOfTheLowestClass } from './kills-the-oldest-of-the-lowest-class.ts';
import { mutant as killsTheSecondLowest } from './kills-the-second-lowest.ts';
import { mutant as killsWhenExactlyFull } from './kills-when-exactly-full.ts';
import { mutant as killsWhoeverIsSwappedOut } from './kills-whoever-is-swapped-out.ts';
import { mutant as letsOneMbPass } from './lets-one-mb-pass.ts';
import { mutant as neighboursDieForTheOversized } from './neighbours-die-for-the-oversized.ts';
import { mutant as oneMayNotFillTheRam } from './one-may-not-fill-the-ram.ts';
import { mutant as oneMayOutgrowByAMb } from './one-may-outgrow-by-a-mb.ts';
import { mutant as oneMayOutgrowTheRam } from './one-may-outgrow-the-ram.ts';
import { mutant as oneMayOutgrowWhatTheAntagonistLeaves } from './one-may-outgrow-what-the-antagonist-leaves.ts';
import { mutant as pagesInOneMbShort } from './pages-in-one-mb-short.ts';
import { mutant as pagesInWhoeverFits } from './pages-in-whoever-fits.ts';
import { mutant as pagesOutByArrivalWithinAClass } from './pages-out-by-arrival-within-a-class.ts';
import { mutant as pagesOutTheHighestFirst } from './pages-out-the-highest-first.ts';
import { mutant as pagesOutTheLargestFirst } from './pages-out-the-largest-first.ts';
import { mutant as pagesOutTheNewestFirst } from './pages-out-the-newest-first.ts';
import { mutant as pagesOutTheOldestFirst } from './pages-out-the-oldest-first.ts';
import { mutant as pagesOutTheOldestOfTheLowestClass } from './pages-out-the-oldest-of-the-lowest-class.ts';
import { mutant as pagesOutTheOversizedHighestFirst } from './pages-out-the-oversized-highest-first.ts';
import { mutant as pagesOutTheReadyBeforeTheBlocked } from './pages-out-the-ready-before-the-blocked.ts';
import { mutant as pagesOutWhoBlocks } from './pages-out-who-blocks.ts';
import { mutant as pagesOutWholeFunctions } from './pages-out-whole-functions.ts';
import { mutant as theAntagonistTakesSwapToo } from './the-antagonist-takes-swap-too.ts';
import { mutant as theOversizedWaitTheirTurnToBeSwapped } from './the-oversized-wait-their-turn-to-be-swapped.ts';

/** Wrong about who is paged out, paged in or killed. */
export const MEMORY: readonly Mutant[] = [
  pagesOutTheLargestFirst,
  pagesOutTheOldestFirst,
  pagesOutTheNewestFirst,
  pagesOutTheHighestFirst,
  pagesOutTheOldestOfTheLowestClass,
  pagesOutTheReadyBeforeTheBlocked,
  pagesOutByArrivalWithinAClass,
  theOversizedWaitTheirTurnToBeSwapped,
  pagesOutTheOversizedHighestFirst,
  pagesOutWholeFunctions,
  pagesOutWhoBlocks,
  pagesInWhoeverFits,
  pagesInOneMbShort,
  killsBeforeItSwaps,
  killsWhenExactlyFull,
  letsOneMbPass,
  countsOnlyWhatIsResident,
  killsInSpiteOfTheAntagonist,
  killsTheSecondLowest,
  killsTheLargest,
  killsTheNewest,
  killsTheOldestOfTheLowestClass,
  killsByArrivalWithinAClass,
  killsTheHighest,
  killsNoOneWhoWaitsForACallee,
  killsNoOneWhoRuns,
  killsWhoeverIsSwappedOut,
  countsFreedMemoryTwice,
  killsOneAStep,
  oneMayOutgrowTheRam,
  oneMayOutgrowWhatTheAntagonistLeaves,
  oneMayNotFillTheRam,
  oneMayOutgrowByAMb,
  killsTheHighestOfTheOversized,
  neighboursDieForTheOversized,
  theAntagonistTakesSwapToo,
  callsEveryKillOneForMemory,
];
