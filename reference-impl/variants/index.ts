import type { Variant } from './variant.ts';
import { xxAgeCountsOnMachines } from './xx-age-counts-on-machines.ts';
import { xxCalleeBeforeCaller } from './xx-callee-before-caller.ts';
import { xxChainPays } from './xx-chain-pays.ts';
import { xxGrowthSucceeds } from './xx-growth-succeeds.ts';
import { xxLargestOfTheLowest } from './xx-largest-of-the-lowest.ts';
import { xxLateBinding } from './xx-late-binding.ts';
import { xxListedWithACore } from './xx-listed-with-a-core.ts';
import { xxOneClassDown } from './xx-one-class-down.ts';
import { xxRoomFirst } from './xx-room-first.ts';
import { xxTriggersInherit } from './xx-triggers-inherit.ts';

/** Literal readings of the paper and repairs of XX, beside those that are among the wrong schedulers. */
export const VARIANTS: readonly Variant[] = [
  xxListedWithACore,
  xxRoomFirst,
  xxLateBinding,
  xxAgeCountsOnMachines,
  xxOneClassDown,
  xxTriggersInherit,
  xxCalleeBeforeCaller,
  xxLargestOfTheLowest,
  xxChainPays,
  xxGrowthSucceeds,
];
