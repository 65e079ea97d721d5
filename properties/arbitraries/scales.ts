import type { Configuration, Tenant } from '../../model/configuration.ts';
import { aimingAt, type Habits } from './habits.ts';

/**
 * Clusters and runs on another scale than most, but one at which nothing leaves the safe integers: figures that
 * outgrow a machine's words, or the digits of a float, with differences of one among them.
 */
export type Scale =
  /** The run begins late. */
  | { readonly of: 'late'; readonly startMs: number }
  /** Pauses are long, and prices as usual. */
  | { readonly of: 'patience'; readonly pauseMs: number }
  /** Memory is counted in smaller units, and the thresholds of idle lists perhaps with it. */
  | { readonly of: 'memory'; readonly times: number; readonly thresholds: boolean }
  /**
   * Money is counted in units so small that the largest budget is near the greatest figure; it may be off by one unit.
   */
  | { readonly of: 'money'; readonly most: number };

/** A little more than a power of two, so that no product is round in binary. */
const ABOVE = {
  byte: 2 ** 8 + 1,
  word: 2 ** 16 + 1,
  float: 2 ** 24 + 43,
  int: 2 ** 31 + 11,
  long: 2 ** 32 + 15,
};

/** The greatest figure that there is; and so many ms before it as a time. */
const LAST = Number.MAX_SAFE_INTEGER;
const TO_THE_LAST_MS = 400;

export const SCALES: readonly Scale[] = [
  ...[2 ** 16, 2 ** 31, 2 ** 32].map((end): Scale => ({ of: 'late', startMs: end - 9 })),
  { of: 'late', startMs: LAST - TO_THE_LAST_MS },
  ...[300, ABOVE.word, 2 ** 20 + 7, ABOVE.float, ABOVE.int].map(
    (pauseMs): Scale => ({ of: 'patience', pauseMs }),
  ),
  ...[ABOVE.byte, ABOVE.word, ABOVE.float, ABOVE.int, ABOVE.long].map(
    (times): Scale => ({ of: 'memory', times, thresholds: times !== ABOVE.word }),
  ),
];

/** Of money, on clusters of a tenant whose spending meets its pace. */
export const MONEY_SCALES: readonly Scale[] = [2 ** 31, 2 ** 47, LAST, LAST, LAST].map((most) => ({
  of: 'money',
  most,
}));

/** This many steps where bills soon leave the safe integers; all of them on the other scales. */
export function mostStepsAt(scale: Scale): number {
  return scale.of === 'money' && scale.most >= 2 ** 46 ? 25 : Number.POSITIVE_INFINITY;
}

/** The same run on another scale, which aims at where it matters. */
export function scaled(
  { config, habits }: { config: Configuration; habits: Habits },
  scale: Scale,
): { config: Configuration; habits: Habits } {
  switch (scale.of) {
    case 'late':
      return { config, habits: { ...habits, startMs: scale.startMs } };
    case 'patience':
      return {
        config: { ...config, tenants: config.tenants.map((tenant) => withPeriodOf(tenant, scale.pauseMs)) },
        habits: {
          ...aimingAt(habits, 'heads'),
          longestPauseMs: scale.pauseMs,
          rhythm: habits.rhythm === 'even' ? 'even' : 'leaps',
        },
      };
    case 'memory':
      return {
        config: inUnitsOfMemory(config, scale),
        habits: aimingAt(habits, config.seed % 2 === 0 ? 'demands' : 'room'),
      };
    case 'money':
      // Aims at a moment pass the time themselves; functions of the lowest class spend at the rate that the purse is
      // made for.
      return {
        config: inUnitsOfMoney(config, scale.most),
        habits: { ...aimingAt(habits, 'money', 7), favourite: 0, longestPauseMs: 1, simultaneous: 6 },
      };
  }
}

/** Some periods are about as long as the pauses, so that neither all of them nor none end between two steps. */
function withPeriodOf(tenant: Tenant, pauseMs: number): Tenant {
  if (tenant.budget === null || tenant.period % 2 === 0) return tenant;
  const budget = Math.min(tenant.budget * 2 * pauseMs, LAST);
  return { ...tenant, budget, period: tenant.period * 2 * pauseMs };
}

function inUnitsOfMemory(
  config: Configuration,
  { times, thresholds }: Extract<Scale, { of: 'memory' }>,
): Configuration {
  const { idle, machines, initialMemory, paging } = config;
  const unit = thresholds ? times : 1;
  return {
    ...config,
    machines: machines.map(({ cores, ram, swap }) => ({ cores, ram: ram * times, swap: swap * times })),
    initialMemory: initialMemory * times,
    ...(paging === undefined
      ? {}
      : { paging: { chunk: paging.chunk * times, reserve: paging.reserve * times } }),
    idle: {
      ...idle,
      enter: idle.enter * unit,
      leave: idle.leave * unit,
      memoryDrift: idle.memoryDrift * unit,
    },
  };
}

function inUnitsOfMoney(config: Configuration, most: number): Configuration {
  const { classes, tenants, seed } = config;
  const budget = Math.max(1, ...tenants.map((tenant) => tenant.budget ?? 0));
  const single = seed % 2 === 0;
  const dearest = Math.max(classes[single ? 0 : classes.length - 1]!.price, config.memoryPrice);
  const times = oddBelow(Math.min(most / budget, LAST / dearest));
  const off = (seed % 3) - 1;
  return {
    ...config,
    // If all are of one class, every running function spends at the rate that the purse is made for.
    classes: classes
      .slice(0, single ? 1 : classes.length)
      .map(({ name, price }) => ({ name, price: price * times })),
    memoryPrice: seed % 7 > 0 ? config.memoryPrice * times : Math.min(config.memoryPrice, 1),
    tenants: tenants.map((tenant) =>
      tenant.budget === null ? tenant : { ...tenant, budget: Math.max(0, tenant.budget * times + off) },
    ),
  };
}

/** So that no product is round in binary, and there is room for one pico-cent more. */
function oddBelow(figure: number): number {
  return Math.max(1, 2 * Math.floor(figure / 2) - 1);
}
