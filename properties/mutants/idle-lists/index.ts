import type { Mutant } from '../parts/mutant.ts';
import { mutant as countsSwappedMemoryAsFree } from './counts-swapped-memory-as-free.ts';
import { mutant as entersAMbTooEarly } from './enters-a-mb-too-early.ts';
import { mutant as entersAtTheLeaveThreshold } from './enters-at-the-leave-threshold.ts';
import { mutant as entersOnlyAboveTheThreshold } from './enters-only-above-the-threshold.ts';
import { mutant as ignoresTheFunctionsDrift } from './ignores-the-functions-drift.ts';
import { mutant as ignoresTheMemoryDrift } from './ignores-the-memory-drift.ts';
import { mutant as joinsASecondList } from './joins-a-second-list.ts';
import { mutant as joinsTheBusiestShard } from './joins-the-busiest-shard.ts';
import { mutant as joinsTheFirstList } from './joins-the-first-list.ts';
import { mutant as joinsTheLongestList } from './joins-the-longest-list.ts';
import { mutant as leavesAMbTooLate } from './leaves-a-mb-too-late.ts';
import { mutant as leavesAtTheEnterThreshold } from './leaves-at-the-enter-threshold.ts';
import { mutant as leavesAtTheThreshold } from './leaves-at-the-threshold.ts';
import { mutant as leavesBeforeEverythingIsSettled } from './leaves-before-everything-is-settled.ts';
import { mutant as leavesOnlyForWantOfMemory } from './leaves-only-for-want-of-memory.ts';
import { mutant as leavesWhenItShouldRefresh } from './leaves-when-it-should-refresh.ts';
import { mutant as neverLeaves } from './never-leaves.ts';
import { mutant as neverRefreshes } from './never-refreshes.ts';
import { mutant as offersItsSwap } from './offers-its-swap.ts';
import { mutant as offersTheAntagonistsMemory } from './offers-the-antagonists-memory.ts';
import { mutant as pollsAListTwice } from './polls-a-list-twice.ts';
import { mutant as pollsEveryList } from './polls-every-list.ts';
import { mutant as pollsOneListFewer } from './polls-one-list-fewer.ts';
import { mutant as refreshesBeforeTheFunctionsDrift } from './refreshes-before-the-functions-drift.ts';
import { mutant as refreshesBeforeTheMemoryDrift } from './refreshes-before-the-memory-drift.ts';
import { mutant as refreshesOnlyBeyondTheFunctionsDrift } from './refreshes-only-beyond-the-functions-drift.ts';
import { mutant as refreshesOnlyBeyondTheMemoryDrift } from './refreshes-only-beyond-the-memory-drift.ts';
import { mutant as refreshesWhenFunctionsComeOnly } from './refreshes-when-functions-come-only.ts';
import { mutant as refreshesWhenMemoryShrinksOnly } from './refreshes-when-memory-shrinks-only.ts';
import { mutant as refreshesWithStaleFunctions } from './refreshes-with-stale-functions.ts';
import { mutant as saysHowManyRun } from './says-how-many-run.ts';
import { mutant as staysOffAfterARestart } from './stays-off-after-a-restart.ts';
import { mutant as theCrashedStayListed } from './the-crashed-stay-listed.ts';
import { mutant as theDrainingJoin } from './the-draining-join.ts';
import { mutant as theListSurvivesARestart } from './the-list-survives-a-restart.ts';

/** Wrong about which machines an idle list names, and what it says of them. */
export const IDLE_LISTS: readonly Mutant[] = [
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
];
