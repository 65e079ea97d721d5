import type { Mutant } from '../parts/mutant.ts';
import { mutant as goesByTheWholeRun } from './alps-goes-by-the-whole-run.ts';
import { mutant as letsTheOutrunGoOn } from './alps-lets-the-outrun-go-on.ts';
import { mutant as neverLearns } from './alps-never-learns.ts';
import { mutant as awsGrantsOneLess } from './aws-grants-one-less.ts';
import { mutant as awsGrantsOneMore } from './aws-grants-one-more.ts';
import { mutant as awsLimitsNobody } from './aws-limits-nobody.ts';
import { mutant as awsThrottlesWithTheRest } from './aws-throttles-with-the-rest.ts';
import { mutant as hurriesTheCheap } from './edf-hurries-the-cheap.ts';
import { mutant as ignoresThePriceAsEdf } from './edf-ignores-the-price.ts';
import { mutant as countsTheBlockedAsHermod } from './hermod-counts-the-blocked.ts';
import { mutant as pollsOneMachineFewerAsHermod } from './hermod-polls-one-machine-fewer.ts';
import { mutant as takesTheFirstPolledAsHermod } from './hermod-takes-the-first-polled.ts';
import { mutant as jiqAsksTheNextDispatcher } from './jiq-asks-the-next-dispatcher.ts';
import { mutant as jiqJoinsOnlyWhenEmpty } from './jiq-joins-only-when-empty.ts';
import { mutant as jiqKeepsTheFullListed } from './jiq-keeps-the-full-listed.ts';
import { mutant as jiqTakesTheNewest } from './jiq-takes-the-newest.ts';
import { mutant as forgetsEarlierSlices } from './kairos-forgets-earlier-slices.ts';
import { mutant as runsTheMostAttained } from './kairos-runs-the-most-attained.ts';
import { mutant as takesLongSlices } from './kairos-takes-long-slices.ts';
import { mutant as knativeCrowdsItsPods } from './knative-crowds-its-pods.ts';
import { mutant as knativeKeepsACoreFree } from './knative-keeps-a-core-free.ts';
import { mutant as kubernetesEvictsAnybody } from './kubernetes-evicts-anybody.ts';
import { mutant as kubernetesEvictsEquals } from './kubernetes-evicts-equals.ts';
import { mutant as kubernetesKeepsACoreFree } from './kubernetes-keeps-a-core-free.ts';
import { mutant as kubernetesLooksAtOneNode } from './kubernetes-looks-at-one-node.ts';
import { mutant as openwhiskCountsASlotTooFew } from './openwhisk-counts-a-slot-too-few.ts';
import { mutant as openwhiskHasNoHome } from './openwhisk-has-no-home.ts';
import { mutant as prequalLooksAtLatencyAlone } from './prequal-looks-at-latency-alone.ts';
import { mutant as prequalPoolsOneTooMany } from './prequal-pools-one-too-many.ts';
import { mutant as prequalPrefersTheHot } from './prequal-prefers-the-hot.ts';
import { mutant as prequalProbesFour } from './prequal-probes-four.ts';
import { mutant as sparrowKeepsASlotFree } from './sparrow-keeps-a-slot-free.ts';
import { mutant as sparrowLaunchesTheNewest } from './sparrow-launches-the-newest.ts';
import { mutant as sparrowReservesAtThree } from './sparrow-reserves-at-three.ts';
import { mutant as sparrowStopsAtANoOp } from './sparrow-stops-at-a-no-op.ts';
import { mutant as addsWhatIsDone } from './srpt-adds-what-is-done.ts';
import { mutant as runsTheLongestRemaining } from './srpt-runs-the-longest-remaining.ts';

/** Peers that break a promise of theirs, by peer. */
export const PEERS: readonly Mutant[] = [
  takesTheFirstPolledAsHermod,
  countsTheBlockedAsHermod,
  pollsOneMachineFewerAsHermod,
  forgetsEarlierSlices,
  takesLongSlices,
  runsTheMostAttained,
  goesByTheWholeRun,
  letsTheOutrunGoOn,
  neverLearns,
  runsTheLongestRemaining,
  addsWhatIsDone,
  ignoresThePriceAsEdf,
  hurriesTheCheap,
  openwhiskHasNoHome,
  openwhiskCountsASlotTooFew,
  knativeKeepsACoreFree,
  knativeCrowdsItsPods,
  sparrowLaunchesTheNewest,
  sparrowReservesAtThree,
  sparrowKeepsASlotFree,
  sparrowStopsAtANoOp,
  jiqJoinsOnlyWhenEmpty,
  jiqKeepsTheFullListed,
  jiqAsksTheNextDispatcher,
  jiqTakesTheNewest,
  prequalPoolsOneTooMany,
  prequalProbesFour,
  prequalLooksAtLatencyAlone,
  prequalPrefersTheHot,
  awsThrottlesWithTheRest,
  awsGrantsOneLess,
  awsGrantsOneMore,
  awsLimitsNobody,
  kubernetesEvictsEquals,
  kubernetesEvictsAnybody,
  kubernetesKeepsACoreFree,
  kubernetesLooksAtOneNode,
];
