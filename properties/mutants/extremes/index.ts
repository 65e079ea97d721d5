import type { Mutant } from '../parts/mutant.ts';
import { mutant as aLongLifeForgetsToStart } from './a-long-life-forgets-to-start.ts';
import { mutant as aRefusedSumEndsAllTurns } from './a-refused-sum-ends-all-turns.ts';
import { mutant as addsWholePartsOfThePace } from './adds-whole-parts-of-the-pace.ts';
import { mutant as comparesFourHeadsAtMost } from './compares-four-heads-at-most.ts';
import { mutant as goesOnBeyondExactSums } from './goes-on-beyond-exact-sums.ts';
import { mutant as neverGivesUpAfterTheFourth } from './never-gives-up-after-the-fourth.ts';
import { mutant as pollsFiveMachinesAtMost } from './polls-five-machines-at-most.ts';
import { mutant as pollsThreeListsAtMost } from './polls-three-lists-at-most.ts';
import { mutant as queuesTheLostBy32Bits } from './queues-the-lost-by-32-bits.ts';
import { mutant as ranksFourClassesOnly } from './ranks-four-classes-only.ts';
import { mutant as refreshesLateForLargeDrifts } from './refreshes-late-for-large-drifts.ts';
import { mutant as refusesAllBesideAFullMachine } from './refuses-all-beside-a-full-machine.ts';
import { mutant as refusesForABillThatIsNotDue } from './refuses-for-a-bill-that-is-not-due.ts';
import { mutant as roundsLargeBurstsDown } from './rounds-large-bursts-down.ts';
import { mutant as takes32BitsOfAnId } from './takes-32-bits-of-an-id.ts';
import { mutant as takesNoEmptyName } from './takes-no-empty-name.ts';
import { mutant as threeAttemptsAtMost } from './three-attempts-at-most.ts';
import { mutant as threeCoresAtMost } from './three-cores-at-most.ts';
import { mutant as twoTenantsPay } from './two-tenants-pay.ts';

/** Right until something is many, vast or empty. */
export const EXTREMES: readonly Mutant[] = [
  ranksFourClassesOnly,
  comparesFourHeadsAtMost,
  threeAttemptsAtMost,
  neverGivesUpAfterTheFourth,
  queuesTheLostBy32Bits,
  takes32BitsOfAnId,
  takesNoEmptyName,
  refusesForABillThatIsNotDue,
  refusesAllBesideAFullMachine,
  goesOnBeyondExactSums,
  aRefusedSumEndsAllTurns,
  addsWholePartsOfThePace,
  roundsLargeBurstsDown,
  twoTenantsPay,
  threeCoresAtMost,
  aLongLifeForgetsToStart,
  refreshesLateForLargeDrifts,
  pollsThreeListsAtMost,
  pollsFiveMachinesAtMost,
];
