import { ADMISSION } from './admission/index.ts';
import { CONTRACT } from './contract/index.ts';
import { EXTREMES } from './extremes/index.ts';
import { IDLE_LISTS } from './idle-lists/index.ts';
import { MACHINES } from './machines/index.ts';
import { MEMORY } from './memory/index.ts';
import { MONEY } from './money/index.ts';
import { MUSEUM_FAULTS } from './museum/index.ts';
import { PAGING } from './paging/index.ts';
import type { Mutant } from './parts/mutant.ts';
import { PEERS } from './peers/index.ts';
import { PLACEMENT } from './placement/index.ts';
import { RUNNING } from './running/index.ts';

/** The mutants by what they get wrong. */
export const FAMILIES: Readonly<Record<string, readonly Mutant[]>> = {
  running: RUNNING,
  memory: MEMORY,
  'paging that takes time': PAGING,
  placement: PLACEMENT,
  'idle lists': IDLE_LISTS,
  admission: ADMISSION,
  money: MONEY,
  machines: MACHINES,
  contract: CONTRACT,
  extremes: EXTREMES,
  'faults that others had': MUSEUM_FAULTS,
  'wrong peers': PEERS,
};

/** Every mutant, by what it gets wrong: the order of the pages and of the records. */
export const MUTANTS: readonly Mutant[] = Object.values(FAMILIES).flat();
