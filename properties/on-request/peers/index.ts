import { awsCap, awsReservedFloor } from './aws.ts';
import { jiqIdleBeforeRandom, jiqListsOnce } from './jiq.ts';
import { knativeCentralQueue } from './knative.ts';
import { openWhiskHomeBeforeSpill } from './openwhisk.ts';
import { prequalColdBeforeHot, prequalProbesWithinItsPool } from './prequal.ts';
import type { PeerPromise } from './promise.ts';
import { sparrowLaunchesOnce, sparrowWastesNoSlot } from './sparrow.ts';

/** What peers promise of themselves, by peer: no other scheduler is bound by it. */
export const PROMISES: readonly PeerPromise[] = [
  openWhiskHomeBeforeSpill,
  knativeCentralQueue,
  sparrowLaunchesOnce,
  sparrowWastesNoSlot,
  jiqListsOnce,
  jiqIdleBeforeRandom,
  prequalProbesWithinItsPool,
  prequalColdBeforeHot,
  awsReservedFloor,
  awsCap,
];
