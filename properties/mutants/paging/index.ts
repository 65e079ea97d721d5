import { inTime, type Mutant } from '../parts/mutant.ts';
import { mutant as aChunkLeaksInACrash } from './a-chunk-leaks-in-a-crash.ts';
import { mutant as aChunkLeaksInADrain } from './a-chunk-leaks-in-a-drain.ts';
import { mutant as aChunkLeaksWhenItsOwnerIsKilled } from './a-chunk-leaks-when-its-owner-is-killed.ts';
import { mutant as aDrainStopsAllGrants } from './a-drain-stops-all-grants.ts';
import { mutant as aDrainStopsTheDisk } from './a-drain-stops-the-disk.ts';
import { mutant as aGrowerKeepsItsCore } from './a-grower-keeps-its-core.ts';
import { mutant as aKillFreesTheDisk } from './a-kill-frees-the-disk.ts';
import { mutant as aMachineThatIsDownGoesOnPaging } from './a-machine-that-is-down-goes-on-paging.ts';
import { mutant as billsAChunkOnceItIsIn } from './bills-a-chunk-once-it-is-in.ts';
import { mutant as billsAChunkTwice } from './bills-a-chunk-twice.ts';
import { mutant as billsADyingChunkToTheNext } from './bills-a-dying-chunk-to-the-next.ts';
import { mutant as billsNoChunkOnItsWayOut } from './bills-no-chunk-on-its-way-out.ts';
import { mutant as billsWhatIsNowhere } from './bills-what-is-nowhere.ts';
import { mutant as cancelsWhatIsOnItsWayIn } from './cancels-what-is-on-its-way-in.ts';
import { mutant as cancelsWhatIsOnItsWayOut } from './cancels-what-is-on-its-way-out.ts';
import { mutant as countsAChunkTwiceWhenItKills } from './counts-a-chunk-twice-when-it-kills.ts';
import { mutant as countsOnTheReserve } from './counts-on-the-reserve.ts';
import { mutant as fetchesBackWhatItHasJustTakenOut } from './fetches-back-what-it-has-just-taken-out.ts';
import { mutant as finishesWhatItHasBegunToPageIn } from './finishes-what-it-has-begun-to-page-in.ts';
import { mutant as finishesWhatItHasBegunToPageOut } from './finishes-what-it-has-begun-to-page-out.ts';
import { mutant as goesByAnEarlierAntagonist } from './goes-by-an-earlier-antagonist.ts';
import { mutant as grantsAMbBeyondTheShare } from './grants-a-mb-beyond-the-share.ts';
import { mutant as grantsAMbTooFew } from './grants-a-mb-too-few.ts';
import { mutant as grantsAfterItStarts } from './grants-after-it-starts.ts';
import { mutant as grantsAllOrNothing } from './grants-all-or-nothing.ts';
import { mutant as grantsOnlyWhileTheDiskRests } from './grants-only-while-the-disk-rests.ts';
import { mutant as grantsTheAntagonistsRam } from './grants-the-antagonists-ram.ts';
import { mutant as grantsTheLowestFirst } from './grants-the-lowest-first.ts';
import { mutant as grantsTheRoomOfADyingChunk } from './grants-the-room-of-a-dying-chunk.ts';
import { mutant as grantsWhatIsOnItsWayIn } from './grants-what-is-on-its-way-in.ts';
import { mutant as grantsWhatIsOnItsWayOut } from './grants-what-is-on-its-way-out.ts';
import { mutant as grantsWithoutShares } from './grants-without-shares.ts';
import { mutant as growthNeedsNoGrant } from './growth-needs-no-grant.ts';
import { mutant as keepsAChunkFree } from './keeps-a-chunk-free.ts';
import { mutant as killsForADyingChunk } from './kills-for-a-dying-chunk.ts';
import { mutant as killsOnlyWhileTheDiskRests } from './kills-only-while-the-disk-rests.ts';
import { mutant as lendsACoreToVictims } from './lends-a-core-to-victims.ts';
import { mutant as lendsMoreCoresThanThereAre } from './lends-more-cores-than-there-are.ts';
import { mutant as lendsNoCore } from './lends-no-core.ts';
import { mutant as lendsToOneInSwap } from './lends-to-one-in-swap.ts';
import { mutant as makesRoomBeforeItPagesIn } from './makes-room-before-it-pages-in.ts';
import { mutant as makesRoomForThoseThatWait } from './makes-room-for-those-that-wait.ts';
import { mutant as movesWholeChunksOnly } from './moves-whole-chunks-only.ts';
import { mutant as offersMemoryThatWasAskedFor } from './offers-memory-that-was-asked-for.ts';
import { mutant as oneMayCountOnTheReserve } from './one-may-count-on-the-reserve.ts';
import { mutant as pagesBeforeItGrants } from './pages-before-it-grants.ts';
import { mutant as pagesInBeyondTheShare } from './pages-in-beyond-the-share.ts';
import { mutant as pagesInMoreThanAChunk } from './pages-in-more-than-a-chunk.ts';
import { mutant as pagesInOnlyWholeFunctions } from './pages-in-only-whole-functions.ts';
import { mutant as pagesInTheLowestFirst } from './pages-in-the-lowest-first.ts';
import { mutant as pagesInThoseThatWait } from './pages-in-those-that-wait.ts';
import { mutant as pagesInWhatIsNowhere } from './pages-in-what-is-nowhere.ts';
import { mutant as pagesOutAMbTooMany } from './pages-out-a-mb-too-many.ts';
import { mutant as pagesOutAheadOfNeed } from './pages-out-ahead-of-need.ts';
import { mutant as pagesOutMoreThanAChunk } from './pages-out-more-than-a-chunk.ts';
import { mutant as pagesOutOneWhoRuns } from './pages-out-one-who-runs.ts';
import { mutant as pagesOutOneWhoWillRun } from './pages-out-one-who-will-run.ts';
import { mutant as pagesOutOnlyWhatRamCannotHold } from './pages-out-only-what-ram-cannot-hold.ts';
import { mutant as preemptsBeforeItGrants } from './preempts-before-it-grants.ts';
import { mutant as restsAfterTwoTransfers } from './rests-after-two-transfers.ts';
import { mutant as runsWithMemoryThatIsNowhere } from './runs-with-memory-that-is-nowhere.ts';
import { mutant as shrinkingFreesNothing } from './shrinking-frees-nothing.ts';
import { mutant as sparesTheFirstVictimOnly } from './spares-the-first-victim-only.ts';
import { mutant as standsStillWhileTheDiskWorks } from './stands-still-while-the-disk-works.ts';
import { mutant as startsBeforeTheChunkIsThere } from './starts-before-the-chunk-is-there.ts';
import { mutant as startsNobodyWhenMemoryHasCome } from './starts-nobody-when-memory-has-come.ts';
import { mutant as takesLoansBackAStepLate } from './takes-loans-back-a-step-late.ts';
import { mutant as takesNoLoanBack } from './takes-no-loan-back.ts';
import { mutant as takesTheReserveFromRam } from './takes-the-reserve-from-ram.ts';
import { mutant as theAntagonistGetsOnlyWhatIsFree } from './the-antagonist-gets-only-what-is-free.ts';
import { mutant as theBlockedKeepTheirRam } from './the-blocked-keep-their-ram.ts';
import { mutant as theDiskSurvivesACrash } from './the-disk-survives-a-crash.ts';
import { mutant as theDiskTakesTheHighestFirst } from './the-disk-takes-the-highest-first.ts';
import { mutant as theEndOfATransferChangesNothing } from './the-end-of-a-transfer-changes-nothing.ts';
import { mutant as twoTransfersAtOnce } from './two-transfers-at-once.ts';
import { mutant as waitsForTheBetterToBeWhole } from './waits-for-the-better-to-be-whole.ts';
import { mutant as whatHasComeInIsStillInSwap } from './what-has-come-in-is-still-in-swap.ts';
import { mutant as whatHasGoneOutIsStillInRam } from './what-has-gone-out-is-still-in-ram.ts';
import { mutant as whatIsNowhereClaimsRoom } from './what-is-nowhere-claims-room.ts';
import { mutant as whatIsNowhereCountsForNoKill } from './what-is-nowhere-counts-for-no-kill.ts';
import { mutant as withholdsADyingChunk } from './withholds-a-dying-chunk.ts';
import { mutant as zeroFillsEagerly } from './zero-fills-eagerly.ts';

/** Wrong about paging that takes time: the disk, what is in flight, and memory that is nowhere yet. */
export const PAGING: readonly Mutant[] = [
  lendsACoreToVictims,
  sparesTheFirstVictimOnly,
  lendsNoCore,
  lendsMoreCoresThanThereAre,
  lendsToOneInSwap,
  takesNoLoanBack,
  startsBeforeTheChunkIsThere,
  runsWithMemoryThatIsNowhere,
  aGrowerKeepsItsCore,
  waitsForTheBetterToBeWhole,
  standsStillWhileTheDiskWorks,
  whatIsNowhereClaimsRoom,
  goesByAnEarlierAntagonist,
  zeroFillsEagerly,
  grantsAfterItStarts,
  pagesBeforeItGrants,
  preemptsBeforeItGrants,
  grantsWithoutShares,
  grantsAMbTooFew,
  grantsTheLowestFirst,
  grantsAMbBeyondTheShare,
  grantsAllOrNothing,
  grantsTheAntagonistsRam,
  grantsTheRoomOfADyingChunk,
  grantsOnlyWhileTheDiskRests,
  grantsWhatIsOnItsWayOut,
  grantsWhatIsOnItsWayIn,
  growthNeedsNoGrant,
  pagesInWhatIsNowhere,
  theDiskTakesTheHighestFirst,
  pagesOutAMbTooMany,
  pagesOutMoreThanAChunk,
  pagesInMoreThanAChunk,
  pagesInBeyondTheShare,
  twoTransfersAtOnce,
  makesRoomBeforeItPagesIn,
  pagesInTheLowestFirst,
  pagesInOnlyWholeFunctions,
  movesWholeChunksOnly,
  pagesOutOnlyWhatRamCannotHold,
  pagesInThoseThatWait,
  pagesOutOneWhoRuns,
  pagesOutOneWhoWillRun,
  pagesOutAheadOfNeed,
  finishesWhatItHasBegunToPageOut,
  theBlockedKeepTheirRam,
  cancelsWhatIsOnItsWayOut,
  cancelsWhatIsOnItsWayIn,
  killsForADyingChunk,
  countsAChunkTwiceWhenItKills,
  countsOnTheReserve,
  oneMayCountOnTheReserve,
  takesTheReserveFromRam,
  keepsAChunkFree,
  killsOnlyWhileTheDiskRests,
  whatIsNowhereCountsForNoKill,
  aChunkLeaksWhenItsOwnerIsKilled,
  aChunkLeaksInACrash,
  aChunkLeaksInADrain,
  theDiskSurvivesACrash,
  aMachineThatIsDownGoesOnPaging,
  aDrainStopsTheDisk,
  aDrainStopsAllGrants,
  aKillFreesTheDisk,
  theAntagonistGetsOnlyWhatIsFree,
  whatHasGoneOutIsStillInRam,
  whatHasComeInIsStillInSwap,
  theEndOfATransferChangesNothing,
  startsNobodyWhenMemoryHasCome,
  shrinkingFreesNothing,
  billsWhatIsNowhere,
  billsAChunkTwice,
  billsNoChunkOnItsWayOut,
  billsAChunkOnceItIsIn,
  billsADyingChunkToTheNext,
  offersMemoryThatWasAskedFor,
  withholdsADyingChunk,
  restsAfterTwoTransfers,
  fetchesBackWhatItHasJustTakenOut,
  finishesWhatItHasBegunToPageIn,
  makesRoomForThoseThatWait,
  takesLoansBackAStepLate,
].map(inTime);
