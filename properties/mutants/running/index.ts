import type { Mutant } from '../parts/mutant.ts';
import { mutant as backfillsIntoMemoryOfTheBlocked } from './backfills-into-memory-of-the-blocked.ts';
import { mutant as backfillsIntoMemoryOfThePassedOver } from './backfills-into-memory-of-the-passed-over.ts';
import { mutant as cheapestClassFirst } from './cheapest-class-first.ts';
import { mutant as fillsTheAntagonistsMemory } from './fills-the-antagonists-memory.ts';
import { mutant as firstComeFirstServedAcrossClasses } from './first-come-first-served-across-classes.ts';
import { mutant as fitsWhatIsResident } from './fits-what-is-resident.ts';
import { mutant as foregroundAndBackgroundOnly } from './foreground-and-background-only.ts';
import { mutant as forgetsToPreempt } from './forgets-to-preempt.ts';
import { mutant as forgetsToPreemptAfterACrash } from './forgets-to-preempt-after-a-crash.ts';
import { mutant as forgetsToPreemptAfterAShrink } from './forgets-to-preempt-after-a-shrink.ts';
import { mutant as forgetsToPreemptAfterAWake } from './forgets-to-preempt-after-a-wake.ts';
import { mutant as forgetsToPreemptForMemory } from './forgets-to-preempt-for-memory.ts';
import { mutant as goesFirstOnWaking } from './goes-first-on-waking.ts';
import { mutant as goesLastOnPreemption } from './goes-last-on-preemption.ts';
import { mutant as keepsItsTurnOnWaking } from './keeps-its-turn-on-waking.ts';
import { mutant as leavesAMbOfRamFree } from './leaves-a-mb-of-ram-free.ts';
import { mutant as lifoWithinAClass } from './lifo-within-a-class.ts';
import { mutant as lowestIdFirst } from './lowest-id-first.ts';
import { mutant as needsAMbLessThanItDoes } from './needs-a-mb-less-than-it-does.ts';
import { mutant as neverPreempts } from './never-preempts.ts';
import { mutant as neverPreemptsItsOwnClass } from './never-preempts-its-own-class.ts';
import { mutant as oldAgeBeatsClass } from './old-age-beats-class.ts';
import { mutant as oneCoreTooFew } from './one-core-too-few.ts';
import { mutant as oneCoreTooMany } from './one-core-too-many.ts';
import { mutant as slicesTimeWithinAClass } from './slices-time-within-a-class.ts';
import { mutant as smallestFirst } from './smallest-first.ts';
import { mutant as startsWithoutItsPages } from './starts-without-its-pages.ts';
import { mutant as stopsAtTheFirstThatDoesNotFit } from './stops-at-the-first-that-does-not-fit.ts';
import { mutant as theBlockedKeepTheirCore } from './the-blocked-keep-their-core.ts';
import { mutant as theOversizedKeepTheirMemory } from './the-oversized-keep-their-memory.ts';
import { mutant as thePassedOverKeepMemoryFromTheirOwnClass } from './the-passed-over-keep-memory-from-their-own-class.ts';
import { mutant as thePassedOverKeepTheirDemand } from './the-passed-over-keep-their-demand.ts';
import { mutant as theSwappedWaitForAFreeCore } from './the-swapped-wait-for-a-free-core.ts';

/** Wrong about who runs on a machine. */
export const RUNNING: readonly Mutant[] = [
  lifoWithinAClass,
  cheapestClassFirst,
  firstComeFirstServedAcrossClasses,
  foregroundAndBackgroundOnly,
  lowestIdFirst,
  smallestFirst,
  slicesTimeWithinAClass,
  keepsItsTurnOnWaking,
  goesFirstOnWaking,
  goesLastOnPreemption,
  oldAgeBeatsClass,
  neverPreempts,
  neverPreemptsItsOwnClass,
  forgetsToPreemptAfterAWake,
  forgetsToPreemptAfterAShrink,
  forgetsToPreemptAfterACrash,
  forgetsToPreemptForMemory,
  theSwappedWaitForAFreeCore,
  oneCoreTooMany,
  oneCoreTooFew,
  theBlockedKeepTheirCore,
  stopsAtTheFirstThatDoesNotFit,
  backfillsIntoMemoryOfThePassedOver,
  backfillsIntoMemoryOfTheBlocked,
  theOversizedKeepTheirMemory,
  thePassedOverKeepTheirDemand,
  thePassedOverKeepMemoryFromTheirOwnClass,
  leavesAMbOfRamFree,
  needsAMbLessThanItDoes,
  fitsWhatIsResident,
  fillsTheAntagonistsMemory,
  startsWithoutItsPages,
  forgetsToPreempt,
];
