import type { Mutant } from '../parts/mutant.ts';
import { mutant as aClockOfTenMs } from './a-clock-of-ten-ms.ts';
import { mutant as comparesInFloatingPoint } from './compares-in-floating-point.ts';
import { mutant as comparesWithTheNextOnly } from './compares-with-the-next-only.ts';
import { mutant as countsAMsTooMany } from './counts-a-ms-too-many.ts';
import { mutant as countsClassNumbers } from './counts-class-numbers.ts';
import { mutant as countsItsOwnPlacementsTwice } from './counts-its-own-placements-twice.ts';
import { mutant as countsMemory } from './counts-memory.ts';
import { mutant as countsTheRunnableOnly } from './counts-the-runnable-only.ts';
import { mutant as countsTheRunningOnly } from './counts-the-running-only.ts';
import { mutant as firstComeFirstPlaced } from './first-come-first-placed.ts';
import { mutant as forgetsItsOwnPlacements } from './forgets-its-own-placements.ts';
import { mutant as highestClassFirst } from './highest-class-first.ts';
import { mutant as leastWaitOverPrice } from './least-wait-over-price.ts';
import { mutant as packsTheList } from './packs-the-list.ts';
import { mutant as placesTwoInATurn } from './places-two-in-a-turn.ts';
import { mutant as pollsOneMachineFewer } from './polls-one-machine-fewer.ts';
import { mutant as pollsOneMachineMore } from './polls-one-machine-more.ts';
import { mutant as pollsPastAList } from './polls-past-a-list.ts';
import { mutant as pollsWithReplacement } from './polls-with-replacement.ts';
import { mutant as prefersTheBusiestPolled } from './prefers-the-busiest-polled.ts';
import { mutant as prefersTheLowestIdListed } from './prefers-the-lowest-id-listed.ts';
import { mutant as prefersTheMostMemoryListed } from './prefers-the-most-memory-listed.ts';
import { mutant as priceOverWait } from './price-over-wait.ts';
import { mutant as sitsOutATurnInAHurry } from './sits-out-a-turn-in-a-hurry.ts';
import { mutant as stealsWork } from './steals-work.ts';
import { mutant as takesTheFirstPolled } from './takes-the-first-polled.ts';
import { mutant as theLowerClassOnATie } from './the-lower-class-on-a-tie.ts';
import { mutant as waitOverPrice } from './wait-over-price.ts';
import { mutant as waitsForAnEmptyMachine } from './waits-for-an-empty-machine.ts';

/** Wrong about whom a shard places, and where. */
export const PLACEMENT: readonly Mutant[] = [
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
];
