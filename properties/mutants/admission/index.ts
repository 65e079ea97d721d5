import type { Mutant } from '../parts/mutant.ts';
import { mutant as aCallerDiesWithItsCallee } from './a-caller-dies-with-its-callee.ts';
import { mutant as aCrashForgivesTheDegraded } from './a-crash-forgives-the-degraded.ts';
import { mutant as aCrashLosesEverybody } from './a-crash-loses-everybody.ts';
import { mutant as aDegradedChainRecovers } from './a-degraded-chain-recovers.ts';
import { mutant as aFailureWakesNobody } from './a-failure-wakes-nobody.ts';
import { mutant as aLostWake } from './a-lost-wake.ts';
import { mutant as aRestartLosesTheQueue } from './a-restart-loses-the-queue.ts';
import { mutant as aTriggerInherits } from './a-trigger-inherits.ts';
import { mutant as anOrphanWakesAStranger } from './an-orphan-wakes-a-stranger.ts';
import { mutant as anOrphanWakesItsNewAttempt } from './an-orphan-wakes-its-new-attempt.ts';
import { mutant as calleesAreNotDegraded } from './callees-are-not-degraded.ts';
import { mutant as calleesAreThrottled } from './callees-are-throttled.ts';
import { mutant as crashesAreFinal } from './crashes-are-final.ts';
import { mutant as everyCalleeSucceeds } from './every-callee-succeeds.ts';
import { mutant as givesUpEarly } from './gives-up-early.ts';
import { mutant as inheritanceEndsAtDepthTwo } from './inheritance-ends-at-depth-two.ts';
import { mutant as inheritanceEndsWithACrash } from './inheritance-ends-with-a-crash.ts';
import { mutant as inheritsOneClassLess } from './inherits-one-class-less.ts';
import { mutant as inheritsTheLower } from './inherits-the-lower.ts';
import { mutant as keepsItsAgeAfterACrash } from './keeps-its-age-after-a-crash.ts';
import { mutant as losesASubmissionInACrowd } from './loses-a-submission-in-a-crowd.ts';
import { mutant as neverGivesUp } from './never-gives-up.ts';
import { mutant as noInheritance } from './no-inheritance.ts';
import { mutant as queuesTheLostAtTheNextShard } from './queues-the-lost-at-the-next-shard.ts';
import { mutant as queuesTheLostLastIdFirst } from './queues-the-lost-last-id-first.ts';
import { mutant as theCallersClassAlways } from './the-callers-class-always.ts';
import { mutant as triesOnceMore } from './tries-once-more.ts';
import { mutant as twoAnswers } from './two-answers.ts';
import { mutant as wakesAStepLate } from './wakes-a-step-late.ts';
import { mutant as wakesBeforeItCompletes } from './wakes-before-it-completes.ts';
import { mutant as wakesTwice } from './wakes-twice.ts';

/** Wrong about who is enqueued, in which class, and who hears of an end. */
export const ADMISSION: readonly Mutant[] = [
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
];
