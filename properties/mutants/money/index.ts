import type { Mutant } from '../parts/mutant.ts';
import { mutant as aPeriodNeverEnds } from './a-period-never-ends.ts';
import { mutant as aPeriodPaysForTheEndOfTheLast } from './a-period-pays-for-the-end-of-the-last.ts';
import { mutant as aPeriodStartsWhenItIsLookedAt } from './a-period-starts-when-it-is-looked-at.ts';
import { mutant as aStartedSliceIsAWholeOne } from './a-started-slice-is-a-whole-one.ts';
import { mutant as admitsWhenJustSpent } from './admits-when-just-spent.ts';
import { mutant as billsLostWork } from './bills-lost-work.ts';
import { mutant as billsMemoryOnlyWhileItRuns } from './bills-memory-only-while-it-runs.ts';
import { mutant as billsSwappedMemory } from './bills-swapped-memory.ts';
import { mutant as billsTheClassAskedFor } from './bills-the-class-asked-for.ts';
import { mutant as billsTheWaitForACallee } from './bills-the-wait-for-a-callee.ts';
import { mutant as billsTheWaitForACore } from './bills-the-wait-for-a-core.ts';
import { mutant as burstGrowsWithThePace } from './burst-grows-with-the-pace.ts';
import { mutant as degradesAtThePace } from './degrades-at-the-pace.ts';
import { mutant as degradesByOneClass } from './degrades-by-one-class.ts';
import { mutant as everybodyPaysFromOneAccount } from './everybody-pays-from-one-account.ts';
import { mutant as looksAfterItAdmits } from './looks-after-it-admits.ts';
import { mutant as lostForGoodPays } from './lost-for-good-pays.ts';
import { mutant as memoryCostsNothing } from './memory-costs-nothing.ts';
import { mutant as memoryIsNotSpent } from './memory-is-not-spent.ts';
import { mutant as neverDegrades } from './never-degrades.ts';
import { mutant as neverThrottles } from './never-throttles.ts';
import { mutant as noBurst } from './no-burst.ts';
import { mutant as pacesAMsAhead } from './paces-a-ms-ahead.ts';
import { mutant as pacesInWholePercent } from './paces-in-whole-percent.ts';
import { mutant as spendsAtTheClassAskedFor } from './spends-at-the-class-asked-for.ts';
import { mutant as spendsWhenTheBillComes } from './spends-when-the-bill-comes.ts';
import { mutant as swappedMemoryIsSpent } from './swapped-memory-is-spent.ts';
import { mutant as theDegradedKeepTheirClass } from './the-degraded-keep-their-class.ts';
import { mutant as theKilledPayNothing } from './the-killed-pay-nothing.ts';
import { mutant as theLowestAreNotDegraded } from './the-lowest-are-not-degraded.ts';
import { mutant as throttlesAheadOfPace } from './throttles-ahead-of-pace.ts';
import { mutant as waitingIsSpent } from './waiting-is-spent.ts';

/** Wrong about bills and budgets. */
export const MONEY: readonly Mutant[] = [
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
];
