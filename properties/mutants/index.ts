import { mutant as aCallerDiesWithItsCallee } from './admission/a-caller-dies-with-its-callee.ts';
import { mutant as aCrashForgivesTheDegraded } from './admission/a-crash-forgives-the-degraded.ts';
import { mutant as aCrashLosesEverybody } from './admission/a-crash-loses-everybody.ts';
import { mutant as aDegradedChainRecovers } from './admission/a-degraded-chain-recovers.ts';
import { mutant as aFailureWakesNobody } from './admission/a-failure-wakes-nobody.ts';
import { mutant as aLostWake } from './admission/a-lost-wake.ts';
import { mutant as aRestartLosesTheQueue } from './admission/a-restart-loses-the-queue.ts';
import { mutant as aTriggerInherits } from './admission/a-trigger-inherits.ts';
import { mutant as anOrphanWakesAStranger } from './admission/an-orphan-wakes-a-stranger.ts';
import { mutant as anOrphanWakesItsNewAttempt } from './admission/an-orphan-wakes-its-new-attempt.ts';
import { mutant as calleesAreNotDegraded } from './admission/callees-are-not-degraded.ts';
import { mutant as calleesAreThrottled } from './admission/callees-are-throttled.ts';
import { mutant as crashesAreFinal } from './admission/crashes-are-final.ts';
import { mutant as everyCalleeSucceeds } from './admission/every-callee-succeeds.ts';
import { mutant as givesUpEarly } from './admission/gives-up-early.ts';
import { mutant as inheritanceEndsAtDepthTwo } from './admission/inheritance-ends-at-depth-two.ts';
import { mutant as inheritanceEndsWithACrash } from './admission/inheritance-ends-with-a-crash.ts';
import { mutant as inheritsOneClassLess } from './admission/inherits-one-class-less.ts';
import { mutant as inheritsTheLower } from './admission/inherits-the-lower.ts';
import { mutant as keepsItsAgeAfterACrash } from './admission/keeps-its-age-after-a-crash.ts';
import { mutant as losesASubmissionInACrowd } from './admission/loses-a-submission-in-a-crowd.ts';
import { mutant as neverGivesUp } from './admission/never-gives-up.ts';
import { mutant as neverGivesUpAfterTheFourth } from './admission/never-gives-up-after-the-fourth.ts';
import { mutant as noInheritance } from './admission/no-inheritance.ts';
import { mutant as queuesTheLostAtTheNextShard } from './admission/queues-the-lost-at-the-next-shard.ts';
import { mutant as queuesTheLostBy32Bits } from './admission/queues-the-lost-by-32-bits.ts';
import { mutant as queuesTheLostLastIdFirst } from './admission/queues-the-lost-last-id-first.ts';
import { mutant as theCallersClassAlways } from './admission/the-callers-class-always.ts';
import { mutant as threeAttemptsAtMost } from './admission/three-attempts-at-most.ts';
import { mutant as triesOnceMore } from './admission/tries-once-more.ts';
import { mutant as twoAnswers } from './admission/two-answers.ts';
import { mutant as wakesAStepLate } from './admission/wakes-a-step-late.ts';
import { mutant as wakesBeforeItCompletes } from './admission/wakes-before-it-completes.ts';
import { mutant as wakesTwice } from './admission/wakes-twice.ts';
import { mutant as aRefusalUsesUpTheId } from './contract/a-refusal-uses-up-the-id.ts';
import { mutant as chanceSurvivesAReset } from './contract/chance-survives-a-reset.ts';
import { mutant as crashesTheDead } from './contract/crashes-the-dead.ts';
import { mutant as joinsWhoIsUp } from './contract/joins-who-is-up.ts';
import { mutant as letsTheReadyFinish } from './contract/lets-the-ready-finish.ts';
import { mutant as refusesAllBesideAFullMachine } from './contract/refuses-all-beside-a-full-machine.ts';
import { mutant as refusesForABillThatIsNotDue } from './contract/refuses-for-a-bill-that-is-not-due.ts';
import { mutant as snapshotsBreakTiesOtherwise } from './contract/snapshots-break-ties-otherwise.ts';
import { mutant as snapshotsForgetTheLastArrival } from './contract/snapshots-forget-the-last-arrival.ts';
import { mutant as takes32BitsOfAnId } from './contract/takes-32-bits-of-an-id.ts';
import { mutant as takesADemandOfNothing } from './contract/takes-a-demand-of-nothing.ts';
import { mutant as takesAnIdTwice } from './contract/takes-an-id-twice.ts';
import { mutant as takesNoEmptyName } from './contract/takes-no-empty-name.ts';
import { mutant as tiesBreakByTurns } from './contract/ties-break-by-turns.ts';
import { mutant as countsSwappedMemoryAsFree } from './idle-lists/counts-swapped-memory-as-free.ts';
import { mutant as entersAMbTooEarly } from './idle-lists/enters-a-mb-too-early.ts';
import { mutant as entersAtTheLeaveThreshold } from './idle-lists/enters-at-the-leave-threshold.ts';
import { mutant as entersOnlyAboveTheThreshold } from './idle-lists/enters-only-above-the-threshold.ts';
import { mutant as ignoresTheFunctionsDrift } from './idle-lists/ignores-the-functions-drift.ts';
import { mutant as ignoresTheMemoryDrift } from './idle-lists/ignores-the-memory-drift.ts';
import { mutant as joinsASecondList } from './idle-lists/joins-a-second-list.ts';
import { mutant as joinsTheBusiestShard } from './idle-lists/joins-the-busiest-shard.ts';
import { mutant as joinsTheFirstList } from './idle-lists/joins-the-first-list.ts';
import { mutant as joinsTheLongestList } from './idle-lists/joins-the-longest-list.ts';
import { mutant as leavesAMbTooLate } from './idle-lists/leaves-a-mb-too-late.ts';
import { mutant as leavesAtTheEnterThreshold } from './idle-lists/leaves-at-the-enter-threshold.ts';
import { mutant as leavesAtTheThreshold } from './idle-lists/leaves-at-the-threshold.ts';
import { mutant as leavesBeforeEverythingIsSettled } from './idle-lists/leaves-before-everything-is-settled.ts';
import { mutant as leavesOnlyForWantOfMemory } from './idle-lists/leaves-only-for-want-of-memory.ts';
import { mutant as leavesWhenItShouldRefresh } from './idle-lists/leaves-when-it-should-refresh.ts';
import { mutant as neverLeaves } from './idle-lists/never-leaves.ts';
import { mutant as neverRefreshes } from './idle-lists/never-refreshes.ts';
import { mutant as offersItsSwap } from './idle-lists/offers-its-swap.ts';
import { mutant as offersTheAntagonistsMemory } from './idle-lists/offers-the-antagonists-memory.ts';
import { mutant as pollsAListTwice } from './idle-lists/polls-a-list-twice.ts';
import { mutant as pollsEveryList } from './idle-lists/polls-every-list.ts';
import { mutant as pollsOneListFewer } from './idle-lists/polls-one-list-fewer.ts';
import { mutant as pollsThreeListsAtMost } from './idle-lists/polls-three-lists-at-most.ts';
import { mutant as refreshesBeforeTheFunctionsDrift } from './idle-lists/refreshes-before-the-functions-drift.ts';
import { mutant as refreshesBeforeTheMemoryDrift } from './idle-lists/refreshes-before-the-memory-drift.ts';
import { mutant as refreshesLateForLargeDrifts } from './idle-lists/refreshes-late-for-large-drifts.ts';
import { mutant as refreshesOnlyBeyondTheFunctionsDrift } from './idle-lists/refreshes-only-beyond-the-functions-drift.ts';
import { mutant as refreshesOnlyBeyondTheMemoryDrift } from './idle-lists/refreshes-only-beyond-the-memory-drift.ts';
import { mutant as refreshesWhenFunctionsComeOnly } from './idle-lists/refreshes-when-functions-come-only.ts';
import { mutant as refreshesWhenMemoryShrinksOnly } from './idle-lists/refreshes-when-memory-shrinks-only.ts';
import { mutant as refreshesWithStaleFunctions } from './idle-lists/refreshes-with-stale-functions.ts';
import { mutant as saysHowManyRun } from './idle-lists/says-how-many-run.ts';
import { mutant as staysOffAfterARestart } from './idle-lists/stays-off-after-a-restart.ts';
import { mutant as theCrashedStayListed } from './idle-lists/the-crashed-stay-listed.ts';
import { mutant as theDrainingJoin } from './idle-lists/the-draining-join.ts';
import { mutant as theListSurvivesARestart } from './idle-lists/the-list-survives-a-restart.ts';
import { mutant as aCrashedMachineKeepsItsWork } from './machines/a-crashed-machine-keeps-its-work.ts';
import { mutant as aDrainKills } from './machines/a-drain-kills.ts';
import { mutant as aDrainMovesItsWork } from './machines/a-drain-moves-its-work.ts';
import { mutant as aDrainedMachineNeverGoesDown } from './machines/a-drained-machine-never-goes-down.ts';
import { mutant as aDrainingMachineTakesWork } from './machines/a-draining-machine-takes-work.ts';
import { mutant as anAntagonistNeverLeaves } from './machines/an-antagonist-never-leaves.ts';
import { mutant as antagonistsAddUp } from './machines/antagonists-add-up.ts';
import { mutant as comesBackAtItsOldSize } from './machines/comes-back-at-its-old-size.ts';
import { mutant as comesBackWithItsAntagonist } from './machines/comes-back-with-its-antagonist.ts';
import { mutant as comesBackWithItsOldCores } from './machines/comes-back-with-its-old-cores.ts';
import { mutant as comesBackWithItsOldSwap } from './machines/comes-back-with-its-old-swap.ts';
import { mutant as growsByItsDemand } from './machines/grows-by-its-demand.ts';
import { mutant as misreadsSwapByOne } from './machines/misreads-swap-by-one.ts';
import { mutant as neverGivesMemoryBack } from './machines/never-gives-memory-back.ts';
import { mutant as noAntagonists } from './machines/no-antagonists.ts';
import { mutant as startsWithAMbMore } from './machines/starts-with-a-mb-more.ts';
import { mutant as callsEveryKillOneForMemory } from './memory/calls-every-kill-one-for-memory.ts';
import { mutant as countsFreedMemoryTwice } from './memory/counts-freed-memory-twice.ts';
import { mutant as countsOnlyWhatIsResident } from './memory/counts-only-what-is-resident.ts';
import { mutant as killsBeforeItSwaps } from './memory/kills-before-it-swaps.ts';
import { mutant as killsByArrivalWithinAClass } from './memory/kills-by-arrival-within-a-class.ts';
import { mutant as killsInSpiteOfTheAntagonist } from './memory/kills-in-spite-of-the-antagonist.ts';
import { mutant as killsNoOneWhoRuns } from './memory/kills-no-one-who-runs.ts';
import { mutant as killsNoOneWhoWaitsForACallee } from './memory/kills-no-one-who-waits-for-a-callee.ts';
import { mutant as killsOneAStep } from './memory/kills-one-a-step.ts';
import { mutant as killsTheHighest } from './memory/kills-the-highest.ts';
import { mutant as killsTheHighestOfTheOversized } from './memory/kills-the-highest-of-the-oversized.ts';
import { mutant as killsTheLargest } from './memory/kills-the-largest.ts';
import { mutant as killsTheNewest } from './memory/kills-the-newest.ts';
import { mutant as killsTheOldestOfTheLowestClass } from './memory/kills-the-oldest-of-the-lowest-class.ts';
import { mutant as killsTheSecondLowest } from './memory/kills-the-second-lowest.ts';
import { mutant as killsWhenExactlyFull } from './memory/kills-when-exactly-full.ts';
import { mutant as killsWhoeverIsSwappedOut } from './memory/kills-whoever-is-swapped-out.ts';
import { mutant as letsOneMbPass } from './memory/lets-one-mb-pass.ts';
import { mutant as neighboursDieForTheOversized } from './memory/neighbours-die-for-the-oversized.ts';
import { mutant as oneMayNotFillTheRam } from './memory/one-may-not-fill-the-ram.ts';
import { mutant as oneMayOutgrowByAMb } from './memory/one-may-outgrow-by-a-mb.ts';
import { mutant as oneMayOutgrowTheRam } from './memory/one-may-outgrow-the-ram.ts';
import { mutant as oneMayOutgrowWhatTheAntagonistLeaves } from './memory/one-may-outgrow-what-the-antagonist-leaves.ts';
import { mutant as pagesInOneMbShort } from './memory/pages-in-one-mb-short.ts';
import { mutant as pagesInWhoeverFits } from './memory/pages-in-whoever-fits.ts';
import { mutant as pagesOutByArrivalWithinAClass } from './memory/pages-out-by-arrival-within-a-class.ts';
import { mutant as pagesOutTheHighestFirst } from './memory/pages-out-the-highest-first.ts';
import { mutant as pagesOutTheLargestFirst } from './memory/pages-out-the-largest-first.ts';
import { mutant as pagesOutTheNewestFirst } from './memory/pages-out-the-newest-first.ts';
import { mutant as pagesOutTheOldestFirst } from './memory/pages-out-the-oldest-first.ts';
import { mutant as pagesOutTheOldestOfTheLowestClass } from './memory/pages-out-the-oldest-of-the-lowest-class.ts';
import { mutant as pagesOutTheOversizedHighestFirst } from './memory/pages-out-the-oversized-highest-first.ts';
import { mutant as pagesOutTheReadyBeforeTheBlocked } from './memory/pages-out-the-ready-before-the-blocked.ts';
import { mutant as pagesOutWhoBlocks } from './memory/pages-out-who-blocks.ts';
import { mutant as pagesOutWholeFunctions } from './memory/pages-out-whole-functions.ts';
import { mutant as theAntagonistTakesSwapToo } from './memory/the-antagonist-takes-swap-too.ts';
import { mutant as theOversizedWaitTheirTurnToBeSwapped } from './memory/the-oversized-wait-their-turn-to-be-swapped.ts';
import { mutant as aPeriodNeverEnds } from './money/a-period-never-ends.ts';
import { mutant as aPeriodPaysForTheEndOfTheLast } from './money/a-period-pays-for-the-end-of-the-last.ts';
import { mutant as aPeriodStartsWhenItIsLookedAt } from './money/a-period-starts-when-it-is-looked-at.ts';
import { mutant as aStartedSliceIsAWholeOne } from './money/a-started-slice-is-a-whole-one.ts';
import { mutant as addsWholePartsOfThePace } from './money/adds-whole-parts-of-the-pace.ts';
import { mutant as admitsWhenJustSpent } from './money/admits-when-just-spent.ts';
import { mutant as billsLostWork } from './money/bills-lost-work.ts';
import { mutant as billsMemoryOnlyWhileItRuns } from './money/bills-memory-only-while-it-runs.ts';
import { mutant as billsSwappedMemory } from './money/bills-swapped-memory.ts';
import { mutant as billsTheClassAskedFor } from './money/bills-the-class-asked-for.ts';
import { mutant as billsTheWaitForACallee } from './money/bills-the-wait-for-a-callee.ts';
import { mutant as billsTheWaitForACore } from './money/bills-the-wait-for-a-core.ts';
import { mutant as burstGrowsWithThePace } from './money/burst-grows-with-the-pace.ts';
import { mutant as degradesAtThePace } from './money/degrades-at-the-pace.ts';
import { mutant as degradesByOneClass } from './money/degrades-by-one-class.ts';
import { mutant as everybodyPaysFromOneAccount } from './money/everybody-pays-from-one-account.ts';
import { mutant as looksAfterItAdmits } from './money/looks-after-it-admits.ts';
import { mutant as lostForGoodPays } from './money/lost-for-good-pays.ts';
import { mutant as memoryCostsNothing } from './money/memory-costs-nothing.ts';
import { mutant as memoryIsNotSpent } from './money/memory-is-not-spent.ts';
import { mutant as neverDegrades } from './money/never-degrades.ts';
import { mutant as neverThrottles } from './money/never-throttles.ts';
import { mutant as noBurst } from './money/no-burst.ts';
import { mutant as pacesAMsAhead } from './money/paces-a-ms-ahead.ts';
import { mutant as pacesInWholePercent } from './money/paces-in-whole-percent.ts';
import { mutant as roundsLargeBurstsDown } from './money/rounds-large-bursts-down.ts';
import { mutant as spendsAtTheClassAskedFor } from './money/spends-at-the-class-asked-for.ts';
import { mutant as spendsWhenTheBillComes } from './money/spends-when-the-bill-comes.ts';
import { mutant as swappedMemoryIsSpent } from './money/swapped-memory-is-spent.ts';
import { mutant as theDegradedKeepTheirClass } from './money/the-degraded-keep-their-class.ts';
import { mutant as theKilledPayNothing } from './money/the-killed-pay-nothing.ts';
import { mutant as theLowestAreNotDegraded } from './money/the-lowest-are-not-degraded.ts';
import { mutant as throttlesAheadOfPace } from './money/throttles-ahead-of-pace.ts';
import { mutant as twoTenantsPay } from './money/two-tenants-pay.ts';
import { mutant as waitingIsSpent } from './money/waiting-is-spent.ts';
import type { Mutant } from './parts/mutant.ts';
import { mutant as aClockOfTenMs } from './placement/a-clock-of-ten-ms.ts';
import { mutant as comparesFourHeadsAtMost } from './placement/compares-four-heads-at-most.ts';
import { mutant as comparesInFloatingPoint } from './placement/compares-in-floating-point.ts';
import { mutant as comparesWithTheNextOnly } from './placement/compares-with-the-next-only.ts';
import { mutant as countsAMsTooMany } from './placement/counts-a-ms-too-many.ts';
import { mutant as countsClassNumbers } from './placement/counts-class-numbers.ts';
import { mutant as countsItsOwnPlacementsTwice } from './placement/counts-its-own-placements-twice.ts';
import { mutant as countsMemory } from './placement/counts-memory.ts';
import { mutant as countsTheRunnableOnly } from './placement/counts-the-runnable-only.ts';
import { mutant as countsTheRunningOnly } from './placement/counts-the-running-only.ts';
import { mutant as firstComeFirstPlaced } from './placement/first-come-first-placed.ts';
import { mutant as forgetsItsOwnPlacements } from './placement/forgets-its-own-placements.ts';
import { mutant as highestClassFirst } from './placement/highest-class-first.ts';
import { mutant as leastWaitOverPrice } from './placement/least-wait-over-price.ts';
import { mutant as packsTheList } from './placement/packs-the-list.ts';
import { mutant as placesTwoInATurn } from './placement/places-two-in-a-turn.ts';
import { mutant as pollsFiveMachinesAtMost } from './placement/polls-five-machines-at-most.ts';
import { mutant as pollsOneMachineFewer } from './placement/polls-one-machine-fewer.ts';
import { mutant as pollsOneMachineMore } from './placement/polls-one-machine-more.ts';
import { mutant as pollsPastAList } from './placement/polls-past-a-list.ts';
import { mutant as pollsWithReplacement } from './placement/polls-with-replacement.ts';
import { mutant as prefersTheBusiestPolled } from './placement/prefers-the-busiest-polled.ts';
import { mutant as prefersTheLowestIdListed } from './placement/prefers-the-lowest-id-listed.ts';
import { mutant as prefersTheMostMemoryListed } from './placement/prefers-the-most-memory-listed.ts';
import { mutant as priceOverWait } from './placement/price-over-wait.ts';
import { mutant as sitsOutATurnInAHurry } from './placement/sits-out-a-turn-in-a-hurry.ts';
import { mutant as stealsWork } from './placement/steals-work.ts';
import { mutant as takesTheFirstPolled } from './placement/takes-the-first-polled.ts';
import { mutant as theLowerClassOnATie } from './placement/the-lower-class-on-a-tie.ts';
import { mutant as waitOverPrice } from './placement/wait-over-price.ts';
import { mutant as waitsForAnEmptyMachine } from './placement/waits-for-an-empty-machine.ts';
import { mutant as aLongLifeForgetsToStart } from './running/a-long-life-forgets-to-start.ts';
import { mutant as backfillsIntoMemoryOfTheBlocked } from './running/backfills-into-memory-of-the-blocked.ts';
import { mutant as backfillsIntoMemoryOfThePassedOver } from './running/backfills-into-memory-of-the-passed-over.ts';
import { mutant as cheapestClassFirst } from './running/cheapest-class-first.ts';
import { mutant as fillsTheAntagonistsMemory } from './running/fills-the-antagonists-memory.ts';
import { mutant as firstComeFirstServedAcrossClasses } from './running/first-come-first-served-across-classes.ts';
import { mutant as fitsWhatIsResident } from './running/fits-what-is-resident.ts';
import { mutant as foregroundAndBackgroundOnly } from './running/foreground-and-background-only.ts';
import { mutant as forgetsToPreempt } from './running/forgets-to-preempt.ts';
import { mutant as forgetsToPreemptAfterACrash } from './running/forgets-to-preempt-after-a-crash.ts';
import { mutant as forgetsToPreemptAfterAShrink } from './running/forgets-to-preempt-after-a-shrink.ts';
import { mutant as forgetsToPreemptAfterAWake } from './running/forgets-to-preempt-after-a-wake.ts';
import { mutant as forgetsToPreemptForMemory } from './running/forgets-to-preempt-for-memory.ts';
import { mutant as goesFirstOnWaking } from './running/goes-first-on-waking.ts';
import { mutant as goesLastOnPreemption } from './running/goes-last-on-preemption.ts';
import { mutant as keepsItsTurnOnWaking } from './running/keeps-its-turn-on-waking.ts';
import { mutant as leavesAMbOfRamFree } from './running/leaves-a-mb-of-ram-free.ts';
import { mutant as lifoWithinAClass } from './running/lifo-within-a-class.ts';
import { mutant as lowestIdFirst } from './running/lowest-id-first.ts';
import { mutant as needsAMbLessThanItDoes } from './running/needs-a-mb-less-than-it-does.ts';
import { mutant as neverPreempts } from './running/never-preempts.ts';
import { mutant as neverPreemptsItsOwnClass } from './running/never-preempts-its-own-class.ts';
import { mutant as oldAgeBeatsClass } from './running/old-age-beats-class.ts';
import { mutant as oneCoreTooFew } from './running/one-core-too-few.ts';
import { mutant as oneCoreTooMany } from './running/one-core-too-many.ts';
import { mutant as ranksFourClassesOnly } from './running/ranks-four-classes-only.ts';
import { mutant as smallestFirst } from './running/smallest-first.ts';
import { mutant as startsWithoutItsPages } from './running/starts-without-its-pages.ts';
import { mutant as stopsAtTheFirstThatDoesNotFit } from './running/stops-at-the-first-that-does-not-fit.ts';
import { mutant as theBlockedKeepTheirCore } from './running/the-blocked-keep-their-core.ts';
import { mutant as theOversizedKeepTheirMemory } from './running/the-oversized-keep-their-memory.ts';
import { mutant as thePassedOverKeepMemoryFromTheirOwnClass } from './running/the-passed-over-keep-memory-from-their-own-class.ts';
import { mutant as thePassedOverKeepTheirDemand } from './running/the-passed-over-keep-their-demand.ts';
import { mutant as theSwappedWaitForAFreeCore } from './running/the-swapped-wait-for-a-free-core.ts';
import { mutant as threeCoresAtMost } from './running/three-cores-at-most.ts';

/** Every mutant, by what it gets wrong. */
export const MUTANTS: readonly Mutant[] = [
  lifoWithinAClass,
  cheapestClassFirst,
  firstComeFirstServedAcrossClasses,
  foregroundAndBackgroundOnly,
  lowestIdFirst,
  smallestFirst,
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
  priceOverWait,
  waitOverPrice,
  leastWaitOverPrice,
  highestClassFirst,
  firstComeFirstPlaced,
  theLowerClassOnATie,
  comparesInFloatingPoint,
  countsAMsTooMany,
  countsClassNumbers,
  aClockOfTenMs,
  comparesWithTheNextOnly,
  prefersTheMostMemoryListed,
  prefersTheLowestIdListed,
  packsTheList,
  countsTheRunningOnly,
  countsTheRunnableOnly,
  countsMemory,
  prefersTheBusiestPolled,
  takesTheFirstPolled,
  pollsOneMachineFewer,
  pollsOneMachineMore,
  pollsWithReplacement,
  pollsPastAList,
  forgetsItsOwnPlacements,
  countsItsOwnPlacementsTwice,
  placesTwoInATurn,
  stealsWork,
  sitsOutATurnInAHurry,
  waitsForAnEmptyMachine,
  entersOnlyAboveTheThreshold,
  entersAMbTooEarly,
  leavesAtTheThreshold,
  leavesAMbTooLate,
  refreshesOnlyBeyondTheMemoryDrift,
  refreshesBeforeTheMemoryDrift,
  refreshesOnlyBeyondTheFunctionsDrift,
  refreshesBeforeTheFunctionsDrift,
  ignoresTheFunctionsDrift,
  ignoresTheMemoryDrift,
  refreshesWhenMemoryShrinksOnly,
  refreshesWhenFunctionsComeOnly,
  neverRefreshes,
  leavesWhenItShouldRefresh,
  neverLeaves,
  leavesOnlyForWantOfMemory,
  theCrashedStayListed,
  theDrainingJoin,
  entersAtTheLeaveThreshold,
  leavesAtTheEnterThreshold,
  countsSwappedMemoryAsFree,
  offersItsSwap,
  offersTheAntagonistsMemory,
  saysHowManyRun,
  refreshesWithStaleFunctions,
  joinsTheLongestList,
  joinsTheFirstList,
  joinsTheBusiestShard,
  pollsOneListFewer,
  pollsEveryList,
  pollsAListTwice,
  joinsASecondList,
  staysOffAfterARestart,
  theListSurvivesARestart,
  leavesBeforeEverythingIsSettled,
  noInheritance,
  theCallersClassAlways,
  inheritsTheLower,
  inheritsOneClassLess,
  aDegradedChainRecovers,
  calleesAreNotDegraded,
  inheritanceEndsAtDepthTwo,
  inheritanceEndsWithACrash,
  aCrashForgivesTheDegraded,
  aTriggerInherits,
  calleesAreThrottled,
  triesOnceMore,
  givesUpEarly,
  neverGivesUp,
  crashesAreFinal,
  keepsItsAgeAfterACrash,
  queuesTheLostAtTheNextShard,
  queuesTheLostLastIdFirst,
  aFailureWakesNobody,
  aLostWake,
  everyCalleeSucceeds,
  wakesBeforeItCompletes,
  anOrphanWakesAStranger,
  anOrphanWakesItsNewAttempt,
  wakesTwice,
  losesASubmissionInACrowd,
  wakesAStepLate,
  aCallerDiesWithItsCallee,
  aCrashLosesEverybody,
  aRestartLosesTheQueue,
  twoAnswers,
  billsSwappedMemory,
  billsTheWaitForACore,
  billsTheWaitForACallee,
  billsMemoryOnlyWhileItRuns,
  billsTheClassAskedFor,
  billsLostWork,
  theKilledPayNothing,
  memoryCostsNothing,
  aStartedSliceIsAWholeOne,
  lostForGoodPays,
  admitsWhenJustSpent,
  degradesAtThePace,
  noBurst,
  burstGrowsWithThePace,
  pacesInWholePercent,
  throttlesAheadOfPace,
  neverDegrades,
  neverThrottles,
  looksAfterItAdmits,
  spendsWhenTheBillComes,
  aPeriodNeverEnds,
  aPeriodStartsWhenItIsLookedAt,
  aPeriodPaysForTheEndOfTheLast,
  pacesAMsAhead,
  memoryIsNotSpent,
  waitingIsSpent,
  spendsAtTheClassAskedFor,
  swappedMemoryIsSpent,
  theDegradedKeepTheirClass,
  degradesByOneClass,
  theLowestAreNotDegraded,
  everybodyPaysFromOneAccount,
  aDrainingMachineTakesWork,
  aDrainKills,
  aDrainMovesItsWork,
  aCrashedMachineKeepsItsWork,
  comesBackAtItsOldSize,
  comesBackWithItsOldCores,
  comesBackWithItsOldSwap,
  comesBackWithItsAntagonist,
  antagonistsAddUp,
  noAntagonists,
  anAntagonistNeverLeaves,
  neverGivesMemoryBack,
  growsByItsDemand,
  startsWithAMbMore,
  misreadsSwapByOne,
  aDrainedMachineNeverGoesDown,
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
  ranksFourClassesOnly,
  comparesFourHeadsAtMost,
  threeAttemptsAtMost,
  neverGivesUpAfterTheFourth,
  queuesTheLostBy32Bits,
  takes32BitsOfAnId,
  takesNoEmptyName,
  refusesForABillThatIsNotDue,
  refusesAllBesideAFullMachine,
  addsWholePartsOfThePace,
  roundsLargeBurstsDown,
  twoTenantsPay,
  threeCoresAtMost,
  aLongLifeForgetsToStart,
  refreshesLateForLargeDrifts,
  pollsThreeListsAtMost,
  pollsFiveMachinesAtMost,
];
