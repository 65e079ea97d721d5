import { awsCap, awsReservedFloor } from './aws.ts';
import { edfEarliestDeadline } from './edf.ts';
import { hermodLeastLoadedOfK } from './hermod.ts';
import { jiqIdleBeforeRandom, jiqListsOnce } from './jiq.ts';
import { knativeCentralQueue } from './knative.ts';
import { kubernetesIfNothingFits, kubernetesStrictlyLower } from './kubernetes.ts';
import { openWhiskHomeBeforeSpill } from './openwhisk.ts';
import { alpsShortestPredicted, kairosLeastAttained, srptShortestRemaining } from './preemptive.ts';
import { prequalColdBeforeHot, prequalProbesWithinItsPool } from './prequal.ts';
import type { PeerPromise } from './promise.ts';
import { sparrowLaunchesOnce, sparrowWastesNoSlot } from './sparrow.ts';

/** What peers promise of themselves, by peer: no other scheduler is bound by it. */
export const PROMISES: readonly PeerPromise[] = [
  hermodLeastLoadedOfK,
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
  kairosLeastAttained,
  alpsShortestPredicted,
  srptShortestRemaining,
  edfEarliestDeadline,
  kubernetesStrictlyLower,
  kubernetesIfNothingFits,
];
