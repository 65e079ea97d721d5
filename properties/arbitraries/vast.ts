import type { Configuration, Tenant } from '../../model/configuration.ts';

/**
 * Vast clusters: figures far beyond what anybody pays, waits or installs, so that products meet where floating
 * point would round, and sums reach the end of the safe integers, beyond which a scenario is refused.
 */
export type Vastness =
  /** Prices a little above a long pause: price × wait ties, or nearly. */
  | 'prices'
  /** Prices so high that a few ms on a few cores are beyond the safe integers, and periods as short. */
  | 'rates'
  /** Periods, and budgets that pay for one core as long: spending meets its pace exactly. */
  | 'periods'
  /** Memory that costs more than a safe integer within one pause. */
  | 'memory'
  /** Machines with as much memory as a safe integer can hold, so that sums of demands may exceed it. */
  | 'sizes'
  /** The same, with functions as small as usual: demands may add up to the last MB. */
  | 'brim';

/** Each as often as it is worth a run. */
export const VASTNESSES: readonly Vastness[] = [
  'prices',
  'prices',
  'prices',
  'rates',
  'periods',
  'memory',
  'memory',
  'sizes',
  'brim',
  'brim',
  'brim',
  'brim',
];

/** More than 32 bits hold; its square is far beyond the safe integers. A prime, so that no product is round in binary. */
const LONG = 2 ** 32 + 15;

/** The longest pause in a cluster of this kind, in ms. */
export function longestPauseOf(vastness: Vastness): number {
  if (vastness === 'brim') return 1;
  return vastness === 'rates' || vastness === 'sizes' ? 3 : LONG;
}

/** The same cluster at a vast scale. */
export function enlarged(config: Configuration, vastness: Vastness): Configuration {
  switch (vastness) {
    case 'prices':
      // All compete at one shard. A budget would be beyond the safe integers after the first pause.
      return {
        ...config,
        classes: pricesFrom(LONG + 8, config),
        shards: 1,
        tenants: config.tenants.map(() => ({ budget: null })),
      };
    case 'rates':
      return {
        ...config,
        classes: pricesFrom(config.seed % 2 === 0 ? 2 ** 52 : 2 ** 49, config),
        tenants: config.tenants.map(withShortPeriod),
      };
    case 'periods':
      return { ...config, memoryPrice: 0, tenants: [withLongPeriod(config)] };
    case 'memory':
      return withMemory(config, LONG);
    case 'sizes':
      return withMemory(config, largestScale(config));
    case 'brim':
      return toTheBrim(config);
  }
}

/** Prices that differ by as little as the times at which functions come; of two classes at least. */
function pricesFrom(lowest: number, { classes }: Configuration): Configuration['classes'] {
  const count = Math.max(2, classes.length);
  return Array.from({ length: count }, (_, index) => ({ name: `c${index}`, price: lowest + index }));
}

/** One tenant, with a period of three, five or seven long pauses and a budget that pays for as long on one core. */
function withLongPeriod({ classes, seed }: Configuration): Tenant {
  const period = (3 + 2 * (seed % 3)) * LONG;
  const budget = Math.min(classes[0]!.price * period, Number.MAX_SAFE_INTEGER);
  return { budget, period, burstPercent: seed % 2 === 0 ? 0 : 25 };
}

function withShortPeriod(tenant: Tenant): Tenant {
  if (tenant.budget === null) return tenant;
  const budget = Math.min(tenant.budget * 2 ** 40, Number.MAX_SAFE_INTEGER);
  return { ...tenant, budget, period: 1 + (tenant.period % 12) };
}

function withMemory(config: Configuration, times: number): Configuration {
  const { paging } = config;
  return {
    ...config,
    machines: config.machines.map(({ cores, ram, swap }) => ({
      cores,
      ram: ram * times,
      swap: swap * times,
    })),
    initialMemory: config.initialMemory * times,
    ...(paging === undefined
      ? {}
      : { paging: { chunk: paging.chunk * times, reserve: paging.reserve * times } }),
  };
}

/**
 * One machine or two. Swap stays as it is: RAM and swap together are then beyond the safe integers. With `leave` 0 a
 * machine can be full and listed.
 */
function toTheBrim(config: Configuration): Configuration {
  const { machines, idle, seed, paging } = config;
  return {
    ...config,
    machines: machines.slice(0, seed % 3 === 0 ? 2 : 1).map(({ cores, ram, swap }) => ({
      cores: Math.max(2, cores),
      ram: Number.MAX_SAFE_INTEGER - (ram % 3),
      swap: ram % 2 === 0 ? swap : 0,
    })),
    idle: seed % 4 > 0 ? { ...idle, leave: 0 } : idle,
    // In smaller chunks nothing of that size would ever be moved.
    ...(paging === undefined ? {} : { paging: { ...paging, chunk: Number.MAX_SAFE_INTEGER - paging.chunk } }),
  };
}

function largestScale({ machines, initialMemory, paging }: Configuration): number {
  const { chunk, reserve } = paging ?? { chunk: 0, reserve: 0 };
  const largest = Math.max(initialMemory, chunk, reserve, ...machines.map(({ ram, swap }) => ram + swap));
  return Math.floor(Number.MAX_SAFE_INTEGER / largest);
}
