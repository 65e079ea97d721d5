import type { PartId, Step, TimedStimulus, WordGroup } from './alphabet.ts';

/** What a cluster is. Integers throughout: milliseconds, MB, pico-cents. */

/** A price class: pico-cents per cpu-ms, at least 1 (paper section 3.1). */
export interface PriceClass {
  name: string;
  price: number;
}

/** The size of a machine; `ram` and `swap` in MB, `cores` and `ram` at least 1. */
export interface MachineSize {
  cores: number;
  ram: number;
  swap: number;
}

/**
 * A tenant's budget in pico-cents a period (`null`: none, and then the others do not matter), the period in ms,
 * and the part of the budget, in percent, that may be spent ahead of pace.
 */
export type Tenant =
  | { budget: number; period: number; burstPercent: number }
  | { budget: null; period?: number; burstPercent?: number };

/**
 * Paging that takes time: the most that one transfer moves, and the swap that is kept free so that RAM and swap that are
 * full can still be exchanged; both in MB, at least 1.
 */
export interface Paging {
  chunk: number;
  reserve: number;
}

/** A cluster, its tenants and the seed behind every sample. */
export interface Configuration {
  /** Cheapest first; prices strictly increasing. */
  classes: PriceClass[];
  /** Pico-cents per MB·ms of resident memory, the same for every class. */
  memoryPrice: number;
  machines: MachineSize[];
  shards: number;
  /** How many machines a shard polls when its idle list is empty. */
  kMachines: number;
  /** How many shards' idle lists a dispatcher polls before it joins one. */
  kShards: number;
  /** MB of an invocation when it is placed. */
  initialMemory: number;
  /** Thresholds of the idle list, in MB and (functionsDrift) in functions; leave ≤ enter. */
  idle: { enter: number; leave: number; memoryDrift: number; functionsDrift: number };
  /** The most attempts that an invocation gets when crashes interrupt it, the first included. */
  maxAttempts: number;
  seed: number;
  tenants: Tenant[];
  /** How memory is paged, where that takes time; absent: a page moves at once. */
  paging?: Paging;
  /** The optional words that stimuli and decisions may use beside those of XX, each group once; absent: none. */
  words?: WordGroup[];
  /** The parts of XX that are left out, each once; absent: none. */
  without?: PartId[];
}

/** A configuration and what happens to it. */
export interface Scenario {
  config: Configuration;
  stimuli: TimedStimulus[];
}

/** A configuration and the steps a scheduler made of a scenario. */
export interface Trace {
  config: Configuration;
  steps: Step[];
}
