import type { PartId } from '../alphabet.ts';
import type { Configuration, Paging } from '../configuration.ts';
import { ExplorationError, type Field } from './exploration-error.ts';

/**
 * A bounded instance: few enough invocations, machines, MB, faults and ms that every behaviour can be explored. Without
 * the optional fields there are no faults, no antagonists, no budgets and no money.
 */
export interface BoundedInstance {
  readonly invocations: number;
  readonly machines: number;
  /** Of each machine; `ram` and `swap` in MB. */
  readonly cores: number;
  readonly ram: number;
  readonly swap: number;
  /** Growth, 1 MB a step, stops here. */
  readonly maxDemand: number;
  /** Time stops while a queued invocation is this old, in ms. */
  readonly maxAge: number;
  /** Of the classes, cheapest first. */
  readonly prices: readonly number[];
  readonly enter: number;
  readonly leave: number;
  readonly memoryDrift: number;
  readonly functionsDrift: number;
  readonly initialMemory: number;
  readonly shards: number;
  readonly kMachines: number;
  readonly kShards: number;
  /** Whether running functions call others. */
  readonly calls: boolean;
  /** Whether running functions shrink, by 1 MB a step, down to 1 MB; absent: no. */
  readonly shrink?: boolean;
  /** How much RAM an antagonist may take of a machine, in MB: each of these at any time; absent: none ever does. */
  readonly antagonists?: readonly number[];
  /** How memory is paged, where that takes time; absent: a page moves at once. */
  readonly paging?: Paging;
  /** How many machines may crash, be drained, and join (again, or as new ones of the same size), and how many shards restart; absent: none. */
  readonly crashes?: number;
  readonly drains?: number;
  readonly joins?: number;
  readonly restarts?: number;
  /** How often one that crashes take down is tried in all; absent: once. */
  readonly maxAttempts?: number;
  /** What the tenant may spend in a period, in pico-cents, how long that is, in ms, and what of it ahead of time, in percent; absent: there is no limit. */
  readonly budget?: Budget;
  /** Pico-cents per MB·ms of resident memory; absent: 0. */
  readonly memoryPrice?: number;
  /** Bills are part of a state, and time stops while an attempt was metered for so many ms of cpu, or MB·ms; absent: they are not. */
  readonly maxMetered?: number;
  /** The parts of XX that are left out, beside those that no instance has; none unless given. */
  readonly without?: readonly PartId[];
}

/** The budget of the one tenant of an instance. */
export interface Budget {
  readonly amount: number;
  readonly period: number;
  readonly burstPercent: number;
}

/** The instance for which the specification quotes 3,764 states and depth 14. */
export const QUOTED_INSTANCE: BoundedInstance = {
  invocations: 3,
  machines: 2,
  cores: 1,
  ram: 3,
  swap: 2,
  maxDemand: 3,
  maxAge: 2,
  prices: [1, 4],
  enter: 2,
  leave: 1,
  memoryDrift: 1,
  functionsDrift: 1,
  initialMemory: 1,
  shards: 1,
  kMachines: 2,
  kShards: 1,
  calls: true,
};

/**
 * The cluster of an instance.
 *
 * @throws ExplorationError when no such cluster exists.
 */
export function configurationOf(instance: BoundedInstance): Configuration {
  const { prices, machines, cores, ram, swap, enter, leave } = instance;
  for (const field of ['invocations', 'machines', 'shards'] as const) {
    if (instance[field] > MOST)
      throw new ExplorationError({ kind: 'beyond', field, value: instance[field], most: MOST });
  }
  refuseMore('leave', leave, 'enter', enter);
  refuseMore('kMachines', instance.kMachines, 'machines', machinesIn(instance));
  refuseMore('kShards', instance.kShards, 'shards', instance.shards);
  for (let index = 0; index < prices.length; index++) {
    if (prices[index]! < 1 || (index > 0 && prices[index]! <= prices[index - 1]!)) {
      throw new ExplorationError({ kind: 'prices', prices });
    }
  }
  return {
    classes: prices.map((price, index) => ({ name: `c${index}`, price })),
    memoryPrice: instance.memoryPrice ?? 0,
    machines: Array.from({ length: machines }, () => ({ cores, ram, swap })),
    shards: instance.shards,
    kMachines: instance.kMachines,
    kShards: instance.kShards,
    initialMemory: instance.initialMemory,
    idle: {
      enter,
      leave,
      memoryDrift: instance.memoryDrift,
      functionsDrift: instance.functionsDrift,
    },
    maxAttempts: instance.maxAttempts ?? 1,
    seed: 0,
    tenants: [tenantOf(instance)],
    ...(instance.paging === undefined ? {} : { paging: { ...instance.paging } }),
    ...(instance.without === undefined ? {} : { without: [...instance.without] }),
  };
}

/** A state has a word for each of them, and no exploration of so many ends. */
const MOST = 10_000;

function refuseMore(field: Field, value: number, bound: Field, most: number): void {
  if (value > most) throw new ExplorationError({ kind: 'exceeds', field, value, bound, most });
}

function tenantOf({ budget }: BoundedInstance): Configuration['tenants'][number] {
  if (budget === undefined) return { budget: null, period: 1, burstPercent: 0 };
  return { budget: budget.amount, period: budget.period, burstPercent: budget.burstPercent };
}

/** How many machines there may be at once: those at the start, and every one that joins may be a new one. */
export function machinesIn({ machines, joins = 0 }: BoundedInstance): number {
  return machines + joins;
}

/** Whether anything happens to the machines of an instance. */
export function hasFaults({ crashes = 0, drains = 0, antagonists = [] }: BoundedInstance): boolean {
  return crashes + drains + antagonists.length > 0;
}

/** Whether it makes a difference from which shard somebody on a machine has come: a crash returns them there. */
export function returnToShards({ shards, crashes = 0, maxAttempts = 1 }: BoundedInstance): boolean {
  return shards > 1 && crashes > 0 && maxAttempts > 1;
}

/** Whether machines of an instance leave, or join. */
export function comeAndGo({ crashes = 0, drains = 0, joins = 0 }: BoundedInstance): boolean {
  return crashes + drains + joins > 0;
}
