import { ADMISSION } from './admission/index.ts';
import { CONTRACT } from './contract/index.ts';
import { EXTREMES } from './extremes/index.ts';
import { IDLE_LISTS } from './idle-lists/index.ts';
import { MACHINES } from './machines/index.ts';
import { MEMORY } from './memory/index.ts';
import { MONEY } from './money/index.ts';
import { MUSEUM_FAULTS } from './museum/index.ts';
import type { Mutant } from './parts/mutant.ts';
import { PEERS } from './peers/index.ts';
import { PLACEMENT } from './placement/index.ts';
import { RUNNING } from './running/index.ts';

/** Every mutant, by what it gets wrong: the order of the pages and of the records. */
export const MUTANTS: readonly Mutant[] = [
  ...RUNNING,
  ...MEMORY,
  ...PLACEMENT,
  ...IDLE_LISTS,
  ...ADMISSION,
  ...MONEY,
  ...MACHINES,
  ...CONTRACT,
  ...EXTREMES,
  ...MUSEUM_FAULTS,
  ...PEERS,
];
