import type { Configuration } from '../../model/configuration.ts';

/**
 * Vast clusters: figures far beyond what anybody pays, waits or installs, so that products meet where floating
 * point would round, and sums reach the end of the safe integers, beyond which a scenario is refused.
 */
export type Vastness =
  /** Prices near a long pause: price × wait ties, or nearly. */
  | 'prices'
  /** Prices so near the end of the safe integers that two functions that run together are beyond it. */
  | 'rates'
  /** Periods, and budgets that pay for one core as long. */
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

/** More than 32 bits hold; its square is far beyond the safe integers. */
const LONG = 2 ** 32;

/** The longest pause in a cluster of this kind, in ms. */
export function longestPauseOf(vastness: Vastness): number {
  return vastness === 'rates' || vastness === 'sizes' ? 1 : LONG;
}

/** The same cluster at a vast scale. */
export function enlarged(config: Configuration, vastness: Vastness): Configuration {
  switch (vastness) {
    case 'prices':
      return { ...config, classes: pricesFrom(LONG, config) };
    case 'rates':
      return { ...config, classes: pricesFrom(2 ** 52, config) };
    case 'periods':
      return {
        ...config,
        tenants: config.tenants.map((tenant) =>
          tenant.budget === null
            ? tenant
            : { ...tenant, budget: tenant.budget * LONG, period: tenant.period * LONG },
        ),
      };
    case 'memory':
      return withMemory(config, LONG);
    case 'sizes':
      return withMemory(config, largestScale(config));
  }
}

/** Prices that differ by as little as the times at which functions come. */
function pricesFrom(lowest: number, { classes }: Configuration): Configuration['classes'] {
  return classes.map(({ name }, index) => ({ name, price: lowest + index }));
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
