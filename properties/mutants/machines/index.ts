import type { Mutant } from '../parts/mutant.ts';
import { mutant as aCrashedMachineKeepsItsWork } from './a-crashed-machine-keeps-its-work.ts';
import { mutant as aDrainKills } from './a-drain-kills.ts';
import { mutant as aDrainMovesItsWork } from './a-drain-moves-its-work.ts';
import { mutant as aDrainedMachineNeverGoesDown } from './a-drained-machine-never-goes-down.ts';
import { mutant as aDrainingMachineTakesWork } from './a-draining-machine-takes-work.ts';
import { mutant as anAntagonistNeverLeaves } from './an-antagonist-never-leaves.ts';
import { mutant as antagonistsAddUp } from './antagonists-add-up.ts';
import { mutant as comesBackAtItsOldSize } from './comes-back-at-its-old-size.ts';
import { mutant as comesBackWithItsAntagonist } from './comes-back-with-its-antagonist.ts';
import { mutant as comesBackWithItsOldCores } from './comes-back-with-its-old-cores.ts';
import { mutant as comesBackWithItsOldSwap } from './comes-back-with-its-old-swap.ts';
import { mutant as growsByItsDemand } from './grows-by-its-demand.ts';
import { mutant as misreadsSwapByOne } from './misreads-swap-by-one.ts';
import { mutant as neverGivesMemoryBack } from './never-gives-memory-back.ts';
import { mutant as noAntagonists } from './no-antagonists.ts';
import { mutant as startsWithAMbMore } from './starts-with-a-mb-more.ts';

/** Wrong about machines that come, go, crash or share their RAM. */
export const MACHINES: readonly Mutant[] = [
  aDrainingMachineTakesWork,
  aDrainKills,
  aDrainMovesItsWork,
  aCrashedMachineKeepsItsWork,
  comesBackAtItsOldSize,
  comesBackWithItsOldCores,
  comesBackWithItsOldSwap,
  comesBackWithItsAntagonist,
  antagonistsAddUp,
  noAntagonists,
  anAntagonistNeverLeaves,
  neverGivesMemoryBack,
  growsByItsDemand,
  startsWithAMbMore,
  misreadsSwapByOne,
  aDrainedMachineNeverGoesDown,
];
