import type { Configuration, Tenant } from '../../model/configuration.ts';

/**
 * Vast clusters: figures far beyond what anybody pays, waits or installs, so that products meet where floating
 * point would round, and sums reach the end of the safe integers, beyond which a scenario is refused.
 */
export type Vastness =
  /** Prices a little above a long pause: price × wait ties, or nearly. */
  | 'prices'
  /** Prices so near the end of the safe integers that two functions that run together are beyond it. */
  | 'rates'
  /** Periods, and budgets that pay for one core as long: spending meets its pace exactly. */
  | 'periods'
  /** Memory that costs more than a safe integer within one pause. */
  | 'memory'
  /** Machines of as much memory as a safe integer can say, so that demands may not be added up. */
  | 'sizes';

/** As often as they are worth a run. */
export const VASTNESSES: readonly Vastness[] = [
  'prices',
  'prices',
  'prices',
  'rates',
  'periods',
  'memory',
  'sizes',
];

/** More than 32 bits hold; its square is far beyond the safe integers. A prime, so that no product is round in binary. */
const LONG = 2 ** 32 + 15;

/** The longest pause in a cluster of this kind, in ms. */
export function longestPauseOf(vastness: Vastness): number {
  return vastness === 'rates' || vastness === 'sizes' ? 1 : LONG;
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
      return { ...config, classes: pricesFrom(2 ** 52, config) };
    case 'periods':
      return { ...config, memoryPrice: 0, tenants: config.tenants.map(withLongPeriod) };
    case 'memory':
      return withMemory(config, LONG);
    case 'sizes':
      return withMemory(config, largestScale(config));
  }
}

/** Prices that differ by as little as the times at which functions come; of two classes at least. */
function pricesFrom(lowest: number, { classes }: Configuration): Configuration['classes'] {
  const count = Math.max(2, classes.length);
  return Array.from({ length: count }, (_, index) => ({ name: `c${index}`, price: lowest + index }));
}

/** A period of three, five or seven long pauses, and a budget that pays for as many cores. */
function withLongPeriod(tenant: Tenant): Tenant {
  if (tenant.budget === null) return tenant;
  const period = (3 + 2 * (tenant.period % 3)) * LONG;
  return { budget: Math.floor(tenant.budget / tenant.period) * period, period, burstPercent: 0 };
}

function withMemory(config: Configuration, times: number): Configuration {
  return {
    ...config,
    machines: config.machines.map(({ cores, ram, swap }) => ({
      cores,
      ram: ram * times,
      swap: swap * times,
    })),
    initialMemory: config.initialMemory * times,
  };
}

function largestScale({ machines }: Configuration): number {
  const largest = Math.max(...machines.map(({ ram, swap }) => ram + swap));
  return Math.floor(Number.MAX_SAFE_INTEGER / largest);
}
