import type { Mutant } from '../parts/mutant.ts';
import { mutant as aCountDriftsOverALongLife } from './a-count-drifts-over-a-long-life.ts';
import { mutant as aDrainRepeatsTheCompleted } from './a-drain-repeats-the-completed.ts';
import { mutant as aLostCalleeFailsItsCaller } from './a-lost-callee-fails-its-caller.ts';
import { mutant as aLostOneIsQueuedTwice } from './a-lost-one-is-queued-twice.ts';
import { mutant as aRestartCountsTheEnded } from './a-restart-counts-the-ended.ts';
import { mutant as anEndPassesOverWhomItWakes } from './an-end-passes-over-whom-it-wakes.ts';
import { mutant as cancelsOnlyThoseThatRun } from './cancels-only-those-that-run.ts';
import { mutant as chargesWhomItThrottles } from './charges-whom-it-throttles.ts';
import { mutant as comesBackWithItsOldFunctions } from './comes-back-with-its-old-functions.ts';
import { mutant as countsSpendingTwice } from './counts-spending-twice.ts';
import { mutant as countsTheEndOfALostAttempt } from './counts-the-end-of-a-lost-attempt.ts';
import { mutant as creditsWhateverEnds } from './credits-whatever-ends.ts';
import { mutant as givesTheRoomBack } from './gives-the-room-back.ts';
import { mutant as holdsThoseWhoGaveUp } from './holds-those-who-gave-up.ts';
import { mutant as joinsAStepLate } from './joins-a-step-late.ts';
import { mutant as killsAnotherWhileTheFirstDies } from './kills-another-while-the-first-dies.ts';
import { mutant as killsTheDyingAgain } from './kills-the-dying-again.ts';
import { mutant as preemptsAndWaits } from './preempts-and-waits.ts';
import { mutant as preemptsForOneThatDoesNotFit } from './preempts-for-one-that-does-not-fit.ts';
import { mutant as preemptsOneTooMany } from './preempts-one-too-many.ts';
import { mutant as readmitsByArrival } from './readmits-by-arrival.ts';
import { mutant as scoresIn32Bits } from './scores-in-32-bits.ts';
import { mutant as sortsVictimsByOnePriority } from './sorts-victims-by-one-priority.ts';
import { mutant as startsBeforeTheLastHasLeft } from './starts-before-the-last-has-left.ts';
import { mutant as takesAFanOutForADeadlock } from './takes-a-fan-out-for-a-deadlock.ts';
import { mutant as takesTheLastBlockedForTheLowest } from './takes-the-last-blocked-for-the-lowest.ts';
import { mutant as theEndedStillCount } from './the-ended-still-count.ts';
import { mutant as theKilledStillCount } from './the-killed-still-count.ts';
import { mutant as theOverfullScoreBest } from './the-overfull-score-best.ts';
import { mutant as thePreemptedNeverComeBack } from './the-preempted-never-come-back.ts';
import { mutant as twoShardsOwnAMachine } from './two-shards-own-a-machine.ts';
import { mutant as waitsForAMachineThatIsGone } from './waits-for-a-machine-that-is-gone.ts';

/** Faults that public schedulers had, built in here; properties/museum/ says which was whose. */
export const MUSEUM_FAULTS: readonly Mutant[] = [
  readmitsByArrival,
  givesTheRoomBack,
  preemptsForOneThatDoesNotFit,
  twoShardsOwnAMachine,
  preemptsAndWaits,
  startsBeforeTheLastHasLeft,
  theEndedStillCount,
  takesTheLastBlockedForTheLowest,
  sortsVictimsByOnePriority,
  thePreemptedNeverComeBack,
  killsAnotherWhileTheFirstDies,
  preemptsOneTooMany,
  comesBackWithItsOldFunctions,
  waitsForAMachineThatIsGone,
  aCountDriftsOverALongLife,
  chargesWhomItThrottles,
  countsSpendingTwice,
  creditsWhateverEnds,
  joinsAStepLate,
  theKilledStillCount,
  aRestartCountsTheEnded,
  theOverfullScoreBest,
  scoresIn32Bits,
  anEndPassesOverWhomItWakes,
  takesAFanOutForADeadlock,
  aLostCalleeFailsItsCaller,
  killsTheDyingAgain,
  countsTheEndOfALostAttempt,
  aLostOneIsQueuedTwice,
  aDrainRepeatsTheCompleted,
  holdsThoseWhoGaveUp,
  cancelsOnlyThoseThatRun,
];
