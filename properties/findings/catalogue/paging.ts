import { seen, type TextFinding } from '../finding.ts';
import {
  fullOnBothSides,
  killedForADyingChunk,
  noRoomForAChunk,
  roomBeforeTheBetter,
} from '../observers/paging.ts';
import { equalMachines, smallCluster, type World } from '../worlds.ts';

/** What follows from the words about swapping once it takes time: what to leave to other schedulers that page. */

const SWAPPING =
  'Under pressure the lowest class is swapped out, and where swapping is not enough the dispatcher kills. How long a page takes, and what may happen meanwhile, is not said.';

const COMMON = { section: '3.2', reading: null, workload: null } as const;

/** A machine, and what its disk does. */
function paged(cores: number, ram: number, swap: number, chunk: number, initialMemory = 1): World['config'] {
  return smallCluster({
    machines: equalMachines(1, cores, ram, swap),
    initialMemory,
    paging: { chunk, reserve: 1 },
  });
}

export const PAGING_FINDINGS: readonly TextFinding[] = [
  {
    ...COMMON,
    id: 'no-reserve-no-exchange',
    title:
      'Where demands may fill RAM and swap to the last MB, nothing can be exchanged, and a machine stands still for good',
    says: SWAPPING,
    paragraph: 'Dispatcher, on swapping',
    scheduler: 'counts-on-the-reserve',
    shows: seen(fullOnBothSides),
    why: 'To bring one in another must go out first, and both need a place to go to. A chunk in flight is held on both sides, so with RAM and swap full no transfer can begin. Whoever overcommits memory must promise less than RAM and swap together; [1 MB is enough](paging.md#what-goes-wrong-otherwise), if a transfer may be as small.',
    restored: 'No machine stands still with RAM and swap full.',
    repair: {
      scheduler: 'xx',
      words: 'Keep a reserve of swap that no demand may count on, and kill when demands exceed the rest.',
    },
    world: {
      config: paged(1, 2, 2, 1),
      weights: { arrival: 4, grow: 4, antagonist: 3, paged: 8 },
      mostDemandMb: 2,
      steps: 24,
    },
  },
  {
    ...COMMON,
    id: 'a-kill-after-a-kill',
    title:
      'Who kills by what memory is free now kills twice: the memory of the first is still on its way to swap',
    says: SWAPPING,
    paragraph: 'Dispatcher, on killing',
    scheduler: 'kills-for-a-dying-chunk',
    shows: seen(killedForADyingChunk),
    why: 'A transfer cannot be taken back. When its owner is killed its chunk is held on both sides until it has ended, and is nobody’s. Whoever counts it as demand kills another for memory that is about to be free. Decide kills by what the living ask for, and give out memory by what is held.',
    restored: 'No function is killed that fits beside those that live, because of a chunk that is nobody’s.',
    repair: {
      scheduler: 'xx',
      words:
        'A chunk whose owner was killed counts for no kill, and is given to nobody before it has arrived.',
    },
    world: {
      config: paged(1, 2, 2, 1),
      weights: { arrival: 4, grow: 3, antagonist: 4, paged: 3 },
      mostDemandMb: 2,
      steps: 24,
    },
  },
  {
    ...COMMON,
    id: 'an-inversion-at-the-disk',
    title: 'A disk that makes room first keeps a high-class function waiting for the memory of a lower one',
    says: `${SWAPPING} Higher classes run first.`,
    paragraph: 'Dispatcher, on swapping; Machine Scheduler',
    scheduler: 'makes-room-before-it-pages-in',
    shows: seen(roomBeforeTheBetter),
    why: 'The disk is one more thing that is given to one at a time, and the order of the cores is not its order by itself. If it makes all the room that is missing before it brings anything in, the better one, which fits already, waits for as much as the lesser one lacks, not for a chunk. Choose anew at the end of each transfer, and bring in first if you can.',
    restored: 'No room is made while what the best of those that wait has in swap could come in.',
    repair: {
      scheduler: 'xx',
      words:
        'At each end of a transfer bring in for the best that waits, if it has room; else make room. It then waits for the chunk in flight, and for as much to go out again.',
    },
    world: {
      config: paged(2, 4, 5, 1),
      weights: { arrival: 3, grow: 5, antagonist: 4, finish: 2, paged: 8 },
      mostDemandMb: 4,
      steps: 40,
    },
  },
  {
    ...COMMON,
    id: 'whole-chunks-only',
    title: 'A disk that moves whole chunks only stands still for good where less than a chunk is free',
    says: SWAPPING,
    paragraph: 'Dispatcher, on swapping',
    scheduler: 'moves-whole-chunks-only',
    shows: seen(noRoomForAChunk),
    why: 'A reserve that is smaller than a chunk may be split: a part of it free in RAM, and a part in swap, and a whole chunk fits into neither. Let a transfer be smaller than a chunk, or keep a reserve of twice a chunk less 1 MB, so that one side always has a whole chunk free.',
    restored: 'No machine stands still with some RAM or swap free.',
    repair: { scheduler: 'xx', words: 'Move what there is room for, and at most a chunk.' },
    world: {
      config: paged(1, 4, 3, 2, 2),
      weights: { arrival: 3, call: 3, turn: 3, grow: 4, finish: 3, antagonist: 1, paged: 9 },
      mostDemandMb: 4,
      steps: 40,
    },
  },
];
