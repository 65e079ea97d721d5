import fc from 'fast-check';
import type { Configuration, MachineSize, Tenant } from '../../model/configuration.ts';

/** How large generated clusters and scenarios are. */
export type Size = 'small' | 'medium' | 'large';

export const SIZES: readonly Size[] = ['small', 'medium', 'large'];

interface Bounds {
  classes: number;
  machines: number;
  /** A fleet has more machines than anybody polls, on lists long enough that their order matters. */
  fleet: number;
  cores: number;
  ram: number;
  swap: number;
  shards: number;
  tenants: number;
}

const BOUNDS: Record<Size, Bounds> = {
  small: { classes: 2, machines: 2, fleet: 2, cores: 2, ram: 5, swap: 3, shards: 2, tenants: 1 },
  medium: { classes: 4, machines: 4, fleet: 40, cores: 3, ram: 12, swap: 16, shards: 3, tenants: 2 },
  large: { classes: 5, machines: 12, fleet: 60, cores: 8, ram: 64, swap: 64, shards: 6, tenants: 4 },
};

/** Out of this many clusters of a size that has fleets, one is a fleet. */
const FLEET_EVERY = 32;

/**
 * Clusters small and tight enough that queues form, cores are contended, memory swaps, kills are due, entries
 * drift, and budgets are spent, all within a hundred steps.
 */
export function configurations(size: Size): fc.Arbitrary<Configuration> {
  const most = BOUNDS[size];
  return fc
    .record({
      priceSteps: fc.array(fc.integer({ min: 1, max: 4 }), {
        minLength: 1,
        maxLength: most.classes,
        size: 'max',
      }),
      memoryPrice: fc.constantFrom(0, 0, 1, 2),
      machines: machinesOf(most),
      shards: fc.integer({ min: 1, max: most.shards }),
      kMachines: fc.integer({ min: 1, max: most.machines + 1 }),
      kShards: fc.integer({ min: 1, max: most.shards + 1 }),
      initialMemory: fc.constantFrom(1, 1, 2, 3),
      idle: idleThresholds,
      maxAttempts: fc.constantFrom(1, 1, 2, 3),
      seed: fc.nat(1000),
      tenants: fc.array(tenantDraws, { minLength: 1, maxLength: most.tenants, size: 'max' }),
    })
    .map(({ priceSteps, tenants, ...rest }) => {
      const classes = priceClasses(priceSteps);
      return { classes, ...rest, tenants: tenants.map((draws) => tenantOf(draws, classes)) };
    });
}

function machinesOf(most: Bounds): fc.Arbitrary<MachineSize[]> {
  const cores = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: most.cores }));
  const ram = roomy(most.ram);
  const machine = fc.record({
    cores,
    ram,
    swap: fc.oneof(fc.noBias(fc.nat(most.swap)), fc.nat(most.swap)),
  });
  // On one machine everybody meets everybody, and with that much swap they live to do so again.
  const arena = fc.record({ cores, ram, swap: fc.integer({ min: most.swap, max: 3 * most.swap }) });
  const several = (minLength: number, maxLength: number) =>
    fc.array(machine, { minLength, maxLength, size: 'max' });
  const few = fc.oneof(
    { weight: 1, arbitrary: arena.map((one) => [one]) },
    { weight: 2, arbitrary: fc.noBias(several(1, most.machines)) },
  );
  if (most.fleet <= most.machines) return few;
  const fleet = several(most.machines + 1, most.fleet);
  return fc.oneof({ weight: FLEET_EVERY - 1, arbitrary: few }, { weight: 1, arbitrary: fleet });
}

/** Mostly enough for some functions at once, and sometimes not for one. */
function roomy(mostMb: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.noBias(fc.integer({ min: Math.min(4, mostMb), max: mostMb })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: mostMb }) },
  );
}

const BEYOND_RAM = 20;

const idleThresholds: fc.Arbitrary<Configuration['idle']> = fc
  .record({
    // More than most machines have: then everybody is polled.
    leave: fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constant(BEYOND_RAM) }),
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

interface TenantDraws {
  purse: 'none' | 'some' | 'one-core';
  amount: number;
  period: number;
  burstPercent: number;
}

const tenantDraws: fc.Arbitrary<TenantDraws> = fc.record({
  purse: fc.constantFrom<TenantDraws['purse']>('none', 'some', 'one-core'),
  amount: fc.nat(400),
  period: fc.integer({ min: 1, max: 60 }),
  burstPercent: fc.constantFrom(0, 0, 5, 25, 50, 100),
});

/**
 * A budget that pays for exactly one core of some class makes spending meet its pace, and the end of the budget, to
 * the pico-cent; one of any amount does so by chance only.
 */
function tenantOf(draws: TenantDraws, classes: Configuration['classes']): Tenant {
  const { purse, amount, period, burstPercent } = draws;
  if (purse === 'none') return { budget: null };
  const { price } = classes[amount % 2 === 0 ? 0 : amount % classes.length]!;
  return { budget: purse === 'some' ? amount : price * period, period, burstPercent };
}

function priceClasses(steps: readonly number[]): Configuration['classes'] {
  let price = 0;
  return steps.map((step, index) => {
    price += step;
    return { name: `c${index}`, price };
  });
}
