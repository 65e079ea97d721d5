import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';

/**
 * A machine whose paging takes time, and all that its disk may be seen to do: as XX plays it, a chunk goes out and one
 * comes in, one is left behind by its owner, which is killed, and one is lost in a crash; a core is lent, and taken back;
 * the highest class waits for its memory; and an antagonist wants more than it has.
 */

const config: Configuration = {
  classes: [
    { name: 'low', price: 1 },
    { name: 'mid', price: 2 },
    { name: 'high', price: 4 },
  ],
  memoryPrice: 1,
  machines: [{ cores: 1, ram: 4, swap: 6 }],
  ...{ shards: 1, kMachines: 1, kShards: 1, initialMemory: 1, maxAttempts: 2, seed: 0 },
  idle: { enter: 9, leave: 9, memoryDrift: 9, functionsDrift: 9 },
  tenants: [{ budget: null }],
  paging: { chunk: 2, reserve: 1 },
};

const [LOW, MID, HIGH] = [0, 1, 2] as const;
const TURN: Stimulus = { type: 'turn', shard: 0 };
const PAGED: Stimulus = { type: 'paged', machine: 0 };

function submit(id: number, priceClass: number): Stimulus {
  const name = ['report', 'mail', 'page'][priceClass]!;
  return { type: 'submit', id, tenant: 0, function: name, class: priceClass, shard: 0 };
}

/** Steps by what is to be seen after them, counted from 1. */
export const STEP = {
  lends: 9,
  takesBack: 10,
  stalls: 11,
  ownerDies: 12,
  nobodysIsDone: 13,
  pagesIn: 16,
  arrivesIn: 17,
  crashes: 19,
} as const;

const stimuli: readonly (readonly [number, Stimulus])[] = [
  [0, { type: 'boot' }],
  [0, submit(0, LOW)],
  [0, TURN],
  [1, { type: 'resize', id: 0, demand: 2 }],
  [2, submit(1, MID)],
  [2, TURN],
  [3, { type: 'resize', id: 1, demand: 2 }],
  [4, submit(2, HIGH)],
  [4, TURN],
  [7, PAGED],
  [9, { type: 'resize', id: 2, demand: 4 }],
  [10, { type: 'antagonist', machine: 0, memory: 2 }],
  [12, PAGED],
  [13, { type: 'antagonist', machine: 0, memory: 0 }],
  [15, PAGED],
  [17, PAGED],
  [18, PAGED],
  [19, { type: 'finish', id: 2 }],
  [20, { type: 'crash', machine: 0 }],
];

export const IN_FLIGHT: Scenario = {
  config,
  stimuli: stimuli.map(([at, stimulus]): TimedStimulus => ({ at, stimulus })),
};
