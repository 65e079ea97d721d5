import fc from 'fast-check';
import type { Configuration, MachineSize } from '../../model/configuration.ts';
import { mostly } from './mostly.ts';
import { ODD_NAMES } from './odd-names.ts';
import { exactTenantDraws, type TenantDraws, tenantDraws, tenantsOf } from './tenants.ts';

/** How large generated clusters and scenarios are. */
export type Size = 'small' | 'medium' | 'large';

export const SIZES: readonly Size[] = ['small', 'medium', 'large'];

/** How many parts of each kind a cluster has at most: in most clusters, and in the few that have many of something. */
interface Bounds {
  classes: number;
  manyClasses: number;
  machines: number;
  /** A row has more machines than most polls ask; a fleet more than any, on lists long enough that their order matters. */
  row: number;
  fleet: number;
  cores: number;
  manyCores: number;
  ram: number;
  swap: number;
  shards: number;
  manyShards: number;
  tenants: number;
  manyTenants: number;
  attempts: number;
  manyAttempts: number;
}

const BOUNDS: Record<Size, Bounds> = {
  small: {
    ...{ classes: 2, manyClasses: 2, machines: 2, row: 2, fleet: 2, cores: 2, manyCores: 2, ram: 5, swap: 3 },
    ...{ shards: 2, manyShards: 2, tenants: 1, manyTenants: 1, attempts: 3, manyAttempts: 3 },
  },
  medium: {
    ...{
      classes: 4,
      manyClasses: 9,
      machines: 4,
      row: 14,
      fleet: 40,
      cores: 3,
      manyCores: 9,
      ram: 12,
      swap: 16,
    },
    ...{ shards: 3, manyShards: 9, tenants: 2, manyTenants: 9, attempts: 3, manyAttempts: 12 },
  },
  large: {
    ...{
      classes: 5,
      manyClasses: 9,
      machines: 12,
      row: 20,
      fleet: 60,
      cores: 8,
      manyCores: 40,
      ram: 64,
      swap: 64,
    },
    ...{ shards: 6, manyShards: 12, tenants: 4, manyTenants: 12, attempts: 3, manyAttempts: 20 },
  },
};

/** Out of this many clusters of a size that has many of anything, one has many of this. */
const MANY_EVERY = 10;

/** More classes than half the bits of a number, or than there are digits. */
const MOST_CLASSES = 40;

/**
 * Clusters small and tight enough that queues form, cores are contended, memory swaps, kills are due, entries
 * drift, and budgets are spent, all within a hundred steps. A few have many of something.
 */
export function configurations(size: Size): fc.Arbitrary<Configuration> {
  const { tenants, manyTenants } = BOUNDS[size];
  const several = (minLength: number, maxLength: number) =>
    fc.array(tenantDraws, { minLength, maxLength, size: 'max' });
  return configurationsOf(size, mostly(6, several(1, tenants), fc.noBias(several(tenants, manyTenants))));
}

/** Clusters of one tenant, whose spending sometimes meets its pace to the pico-cent. */
export function exactConfigurations(size: Size): fc.Arbitrary<Configuration> {
  return configurationsOf(
    size,
    exactTenantDraws.map((one) => [one]),
  );
}

function configurationsOf(size: Size, tenants: fc.Arbitrary<TenantDraws[]>): fc.Arbitrary<Configuration> {
  const most = BOUNDS[size];
  return fc
    .record({
      priceSteps: classesOf(most),
      memoryPrice: mostly(MANY_EVERY, fc.constantFrom(0, 0, 1, 2), fc.integer({ min: 3, max: 1000 })),
      machines: machinesOf(most),
      shards: several(most.shards, most.manyShards),
      kMachines: several(most.machines + 1, most.fleet),
      kShards: several(most.shards + 1, most.manyShards + 1),
      initialMemory: mostly(
        MANY_EVERY,
        fc.constantFrom(1, 1, 2, 3),
        fc.integer({ min: 4, max: most.ram + 1 }),
      ),
      idle: idleThresholds,
      maxAttempts: mostly(
        MANY_EVERY,
        fc.constantFrom(1, 1, 2, 3),
        fc.noBias(fc.integer({ min: Math.min(4, most.manyAttempts), max: most.manyAttempts })),
      ),
      seed: fc.nat(1000),
      tenants,
    })
    .map(({ priceSteps, tenants, ...rest }) => {
      const classes = priceClasses(priceSteps, rest.seed);
      const config = { ...rest, ...tenantsOf(tenants, { ...rest, classes }) };
      return rest.machines.length > most.machines ? inARow(config) : config;
    });
}

/** A row of machines is worth most on one list, or on none and polled by many. */
function inARow(config: Configuration): Configuration {
  const { seed, machines, idle } = config;
  if (seed % 2 === 0) return { ...config, shards: 1 };
  const enter = Math.max(idle.enter, 3 * BEYOND_RAM);
  return { ...config, kMachines: 1 + (seed % machines.length), idle: { ...idle, enter, leave: enter } };
}

/** Up to a bound, or in a few clusters up to a higher one. */
function several(most: number, many: number): fc.Arbitrary<number> {
  const usual = fc.integer({ min: 1, max: most });
  return many > most ? mostly(MANY_EVERY, usual, fc.noBias(fc.integer({ min: most, max: many }))) : usual;
}

/** By how much the price of each class exceeds that of the one below. */
function classesOf({ classes, manyClasses }: Bounds): fc.Arbitrary<number[]> {
  const steps = (step: fc.Arbitrary<number>, minLength: number, maxLength: number) =>
    fc.array(step, { minLength, maxLength, size: 'max' });
  const small = fc.integer({ min: 1, max: 4 });
  const usual = steps(small, 1, classes);
  if (manyClasses <= classes) return usual;
  return fc.oneof(
    { weight: 28, arbitrary: usual },
    { weight: 2, arbitrary: steps(fc.constantFrom(1, 3, 99, 1000), 2, classes) },
    { weight: 4, arbitrary: fc.noBias(steps(small, classes + 1, manyClasses)) },
    { weight: 1, arbitrary: fc.noBias(steps(small, manyClasses + 1, MOST_CLASSES)) },
  );
}

function machinesOf(most: Bounds): fc.Arbitrary<MachineSize[]> {
  const usual = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: most.cores }));
  const cores =
    most.manyCores > most.cores
      ? mostly(MANY_EVERY, usual, fc.integer({ min: most.cores + 1, max: most.manyCores }))
      : usual;
  const ram = roomy(most.ram);
  const machine = fc.record({
    cores,
    ram,
    swap: fc.oneof(fc.noBias(fc.nat(most.swap)), fc.nat(most.swap)),
  });
  // On one machine all invocations compete, and with that much swap they survive to do so again.
  const arena = fc.record({ cores, ram, swap: fc.integer({ min: most.swap, max: 3 * most.swap }) });
  const machines = (minLength: number, maxLength: number) =>
    fc.array(machine, { minLength, maxLength, size: 'max' });
  const few = fc.oneof(
    { weight: 1, arbitrary: arena.map((one) => [one]) },
    { weight: 2, arbitrary: fc.noBias(machines(1, most.machines)) },
  );
  if (most.fleet <= most.machines) return few;
  return fc.oneof(
    { weight: 60, arbitrary: few },
    { weight: 4, arbitrary: fc.noBias(machines(most.machines + 1, most.row)) },
    { weight: 1, arbitrary: fc.noBias(machines(most.machines + 1, most.fleet)) },
  );
}

/** Mostly enough for some functions at once, and sometimes not for one. */
function roomy(mostMb: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.noBias(fc.integer({ min: Math.min(4, mostMb), max: mostMb })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: mostMb }) },
  );
}

const BEYOND_RAM = 20;

/** How far apart things are: mostly little. */
const distance = (least: number, few: number, many: number) =>
  mostly(MANY_EVERY, fc.integer({ min: least, max: few }), fc.integer({ min: few + 1, max: many }));

const idleThresholds: fc.Arbitrary<Configuration['idle']> = fc
  .record({
    leave: fc.oneof(
      { weight: 24, arbitrary: fc.nat(4) },
      { weight: 3, arbitrary: fc.integer({ min: 5, max: 9 }) },
      // More than most machines have: then everybody is polled.
      { weight: 6, arbitrary: fc.constant(BEYOND_RAM) },
    ),
    above: distance(0, 3, 8),
    memoryDrift: distance(1, 4, 10),
    functionsDrift: distance(1, 4, 9),
  })
  .map(({ leave, above, memoryDrift, functionsDrift }) => ({
    enter: leave + above,
    leave,
    memoryDrift,
    functionsDrift,
  }));

function priceClasses(steps: readonly number[], seed: number): Configuration['classes'] {
  let price = 0;
  return steps.map((step, index) => {
    price += step;
    return { name: index === 0 ? nameBy(seed) : `c${index}`, price };
  });
}

/** In a third of the clusters paging takes time. It needs no draw of its own, so that all else is as it is without. */
export function sometimesInTime(config: Configuration): Configuration {
  const { seed } = config;
  if (seed % 3 < 2) return config;
  const drawn = Math.floor(seed / 3);
  return { ...config, paging: { chunk: 1 + (drawn % 4), reserve: 1 + (Math.floor(drawn / 4) % 3) } };
}

/** No decision depends on a name, so an odd one needs no draw of its own; with a low seed it is plain. */
function nameBy(seed: number): string {
  const isOdd = seed % ODD_NAME_EVERY === ODD_NAME_EVERY - 1;
  return isOdd ? ODD_NAMES[Math.floor(seed / ODD_NAME_EVERY) % ODD_NAMES.length]! : 'c0';
}

const ODD_NAME_EVERY = 32;
