import fc from 'fast-check';
import type { Configuration, Tenant } from '../../model/configuration.ts';
import { mostly } from './mostly.ts';

/** What a tenant is made from, before the prices are known. */
export interface TenantDraws {
  /**
   * No budget; any; one that pays for exactly one core of some class; or one of which spending meets the pace to the
   * pico-cent, with both parts of the pace fractions, or misses it by less than one.
   */
  readonly purse: 'none' | 'some' | 'one-core' | 'to-the-pico-cent';
  readonly amount: number;
  readonly period: number;
  readonly burstPercent: number;
  /** What is added to a budget that would meet its pace exactly. */
  readonly off: number;
}

export const tenantDraws: fc.Arbitrary<TenantDraws> = fc.record({
  purse: fc.constantFrom<TenantDraws['purse']>(
    'none',
    'none',
    'some',
    'some',
    'one-core',
    'to-the-pico-cent',
  ),
  amount: mostly(8, fc.nat(400), fc.constantFrom(0, 1, 4000, 99_999)),
  period: mostly(12, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 1000 })),
  burstPercent: mostly(
    4,
    fc.constantFrom(0, 0, 5, 25, 50, 100),
    fc.constantFrom(1, 3, 7, 33, 99, 101, 150, 333),
  ),
  off: fc.constantFrom(0, 0, 0, 0, 1, -1),
});

/** A tenant whose spending sometimes equals its pace to the pico-cent. */
export const exactTenantDraws: fc.Arbitrary<TenantDraws> = fc.record({
  purse: mostly<TenantDraws['purse'], TenantDraws['purse']>(
    3,
    fc.constant('to-the-pico-cent'),
    fc.constant('one-core'),
  ),
  amount: fc.nat(400),
  period: fc.integer({ min: 3, max: 60 }),
  burstPercent: fc.constantFrom(7, 25, 33),
  off: fc.constant(0),
});

/** The tenants of a cluster, and its classes: a purse to the pico-cent has a say in the price of the lowest class. */
export function tenantsOf(
  draws: readonly TenantDraws[],
  { classes, memoryPrice, initialMemory }: Pick<Configuration, 'classes' | 'memoryPrice' | 'initialMemory'>,
): Pick<Configuration, 'tenants' | 'classes'> {
  const exact = draws.find(({ purse }) => purse === 'to-the-pico-cent');
  const meeting = exact === undefined ? null : meetingOf(exact);
  // A running function pays for its memory too.
  const price = meeting === null ? 0 : meeting.costPerMs - memoryPrice * initialMemory;
  const priced = price < 1 ? classes : startingAt(price, classes);
  return { classes: priced, tenants: draws.map((one) => tenantOf(one, priced)) };
}

/**
 * A budget that pays for exactly one core of some class makes spending meet its pace, and the end of the budget, to
 * the pico-cent; one of any amount does so by chance only.
 */
function tenantOf(draws: TenantDraws, classes: Configuration['classes']): Tenant {
  const { purse, amount, period, burstPercent, off } = draws;
  if (purse === 'none') return { budget: null };
  if (purse === 'to-the-pico-cent') {
    const meeting = meetingOf(draws);
    if (meeting !== null) return { ...meeting.purse, budget: Math.max(0, meeting.purse.budget + off) };
  }
  const { price } = classes[amount % 2 === 0 ? 0 : amount % classes.length]!;
  if (purse === 'some') return { budget: amount, period, burstPercent };
  // For the whole period, or for some ms of it.
  const paidMs = amount % 3 === 0 ? period : 1 + (amount % period);
  return { budget: price * paidMs, period, burstPercent };
}

/** Bursts that few budgets turn into a whole number of pico-cents. */
const BURSTS = [1, 3, 5, 7, 12, 25, 33, 50, 75];

/** A budget, and what a function has to cost per ms so that spending is exactly the pace some time into a period. */
interface Meeting {
  readonly purse: Extract<Tenant, { budget: number }>;
  readonly costPerMs: number;
}

/**
 * Where spending meets its pace although budget·elapsed/period and budget·burst/100 are fractions: their sum is whole.
 * That takes a period with a divisor in common with 100. Null where a period is too short or long to look for it.
 */
function meetingOf({ amount, period: drawn }: TenantDraws): Meeting | null {
  if (drawn < 3 || drawn > 60) return null;
  const period = drawn + (drawn % 2);
  const key = amount * 64 + period;
  const known = MEETINGS.get(key);
  if (known !== undefined) return known;
  const meeting = lookForMeeting(amount, period);
  MEETINGS.set(key, meeting);
  return meeting;
}

/** What was found once, since many runs ask for the same. */
const MEETINGS = new Map<number, Meeting | null>();

function lookForMeeting(amount: number, period: number): Meeting | null {
  for (let burst = 0; burst < BURSTS.length; burst++) {
    const burstPercent = BURSTS[(amount + burst) % BURSTS.length]!;
    for (let tried = 1; tried < period; tried++) {
      const elapsedMs = 1 + ((amount + tried) % (period - 1));
      // Either it runs for all of that time, or for a part of it.
      const runsMs = amount % 2 === 0 ? elapsedMs : 1 + (amount % elapsedMs);
      const meeting = meetingAt(elapsedMs, runsMs, period, burstPercent);
      if (meeting !== null) return meeting;
    }
  }
  return null;
}

function meetingAt(elapsedMs: number, runsMs: number, period: number, burstPercent: number): Meeting | null {
  const share = 100 * elapsedMs + burstPercent * period;
  const whole = 100 * period;
  const divisor = greatestCommonDivisor(share, whole);
  const times = runsMs / greatestCommonDivisor(share / divisor, runsMs);
  const budget = (times * whole) / divisor;
  const spent = (times * share) / divisor;
  const isFraction = (budget * elapsedMs) % period !== 0 && (budget * burstPercent) % 100 !== 0;
  if (spent >= budget || !isFraction) return null;
  return { purse: { budget, period, burstPercent }, costPerMs: spent / runsMs };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Classes that differ as these do, of which the lowest has this price. */
function startingAt(price: number, classes: Configuration['classes']): Configuration['classes'] {
  const lowest = classes[0]!.price;
  return classes.map((one) => ({ ...one, price: one.price - lowest + price }));
}
