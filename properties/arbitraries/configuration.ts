import fc from 'fast-check';
import type { Configuration } from '../../model/configuration.ts';

/** How large generated clusters and scenarios are. */
export type Size = 'small' | 'medium' | 'large';

export const SIZES: readonly Size[] = ['small', 'medium', 'large'];

interface Bounds {
  classes: number;
  machines: number;
  cores: number;
  ram: number;
  swap: number;
  shards: number;
  tenants: number;
}

const BOUNDS: Record<Size, Bounds> = {
  small: { classes: 2, machines: 2, cores: 2, ram: 5, swap: 3, shards: 2, tenants: 1 },
  medium: { classes: 4, machines: 4, cores: 3, ram: 12, swap: 8, shards: 3, tenants: 2 },
  large: { classes: 5, machines: 12, cores: 8, ram: 64, swap: 64, shards: 6, tenants: 4 },
};

/**
 * Prices far beyond what anybody pays, so that price × wait is compared where floating point would round. A vast
 * scenario also lets long times pass.
 */
export const VAST = 2 ** 27;

/**
 * Clusters small and tight enough that queues form, cores are contended, memory swaps, kills are due, entries
 * drift, and budgets are spent, all within a hundred steps.
 */
export function configurations(size: Size): fc.Arbitrary<Configuration> {
  const most = BOUNDS[size];
  const prices = fc.record({
    steps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: most.classes, size: 'max' }),
    vast: fc.nat(19).map((n) => n === 0),
  });
  const machine = fc.record({
    cores: fc.integer({ min: 1, max: most.cores }),
    ram: fc.integer({ min: 1, max: most.ram }),
    swap: fc.nat(most.swap),
  });
  const tenant = fc.record({
    budget: fc.option(fc.nat(400), { freq: 3 }),
    period: fc.integer({ min: 1, max: 60 }),
    burstPercent: fc.constantFrom(0, 5, 25, 50, 100),
  });
  const idle = fc
    .record({
      leave: fc.nat(4),
      above: fc.nat(3),
      memoryDrift: fc.integer({ min: 1, max: 4 }),
      functionsDrift: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ leave, above, memoryDrift, functionsDrift }) => ({
      enter: leave + above,
      leave,
      memoryDrift,
      functionsDrift,
    }));
  return fc
    .record({
      prices,
      memoryPrice: fc.nat(2),
      machines: fc.array(machine, { minLength: 1, maxLength: most.machines, size: 'max' }),
      shards: fc.integer({ min: 1, max: most.shards }),
      kMachines: fc.integer({ min: 1, max: most.machines + 1 }),
      kShards: fc.integer({ min: 1, max: most.shards + 1 }),
      initialMemory: fc.integer({ min: 1, max: 3 }),
      idle,
      maxAttempts: fc.integer({ min: 1, max: 3 }),
      seed: fc.nat(1000),
      tenants: fc.array(tenant, { minLength: 1, maxLength: most.tenants, size: 'max' }),
    })
    .map(({ prices, ...rest }) => ({ classes: priceClasses(prices.steps, prices.vast), ...rest }));
}

function priceClasses(steps: readonly number[], vast: boolean): Configuration['classes'] {
  let price = vast ? VAST : 0;
  return steps.map((step, index) => {
    price += step;
    return { name: `c${index}`, price };
  });
}
