import type { Bill } from '../../model/alphabet.ts';
import { UnsafeSum } from '../../model/input-error.ts';
import { slotsIn } from '../slot-table.ts';
import { type Accounts, type Budgets, changeRate } from './budget.ts';
import type { Context } from './context.ts';
import { isSafe } from './exact.ts';
import { type Invocation, type Machine, NONE, type XXState } from './state.ts';

/**
 * Metering (paper section 3.1): cpu-ms while running, at the price of the effective class; MB·ms of resident memory
 * while live, at the one memory price. It is done lazily: what an invocation uses is added up when the rate at which
 * it uses it changes, so time passes at no cost.
 */

/** What has to be known of an invocation to meter it, and of a scheduler to bill it. */
export type Metered = Pick<
  Invocation,
  'id' | 'tenant' | 'class' | 'phase' | 'resident' | 'cpuMs' | 'mbMs' | 'meteredAt'
>;
export type Prices = Pick<Context, 'prices'> & { readonly config: Pick<Context['config'], 'memoryPrice'> };

/** Starts or stops the cpu meter; the invocation's phase is the caller's to change. */
export function meterCpu(xx: Prices & Budgets, state: Accounts, invocation: Metered, runs: boolean): void {
  bringUpToDate(invocation, state.now);
  const price = xx.prices[invocation.class]!;
  changeRate(xx, state, invocation.tenant, runs ? price : -price, 1);
}

/** Gives an invocation on `machine` another amount of RAM, in MB. */
export function setResident(
  xx: Prices & Budgets,
  state: Accounts,
  machine: Pick<Machine, 'resident'>,
  invocation: Metered,
  resident: number,
): void {
  const growth = resident - invocation.resident;
  if (growth === 0) return;
  bringUpToDate(invocation, state.now);
  invocation.resident = resident;
  machine.resident += growth;
  changeRate(xx, state, invocation.tenant, growth, xx.config.memoryPrice);
}

/** Forgets what was metered: another attempt begins. */
export function resetMeter(invocation: Metered, now: number): void {
  invocation.cpuMs = 0;
  invocation.mbMs = 0;
  invocation.meteredAt = now;
}

/**
 * What an invocation owes for this attempt, now: cpu-ms, MB·ms, and their cost in pico-cents (§3.1).
 * @throws UnsafeSum when one of them is beyond the safe integers.
 */
export function billOf(xx: Prices, state: Pick<XXState, 'now'>, invocation: Metered): Bill {
  bringUpToDate(invocation, state.now);
  const { id, cpuMs, mbMs } = invocation;
  const cost = cpuMs * xx.prices[invocation.class]! + mbMs * xx.config.memoryPrice;
  if (!isSafe(mbMs)) throw beyond(id, 'mbMs', mbMs, state.now);
  if (!isSafe(cost)) throw beyond(id, 'cost', cost, state.now);
  return { cpuMs, mbMs, cost };
}

/**
 * Whether a bill would be beyond the safe integers at time `at`. An upper bound over all that may be live settles it
 * nearly always: one that never left RAM since time 0, and filled the largest machine there ever was, pays the most.
 * Only past that is everybody who lives on a machine looked at.
 */
export function billsMayOverflow(xx: Context, state: XXState, at: number): boolean {
  const { memoryPrice } = xx.config;
  const mostMbMs = at * state.largestRam;
  const mostCost = at * xx.prices[xx.prices.length - 1]! + mostMbMs * memoryPrice;
  if (isSafe(mostMbMs) && isSafe(mostCost)) return false;
  for (const slot of slotsIn(state.slots)) {
    const { machine, meteredAt, resident, cpuMs, mbMs, class: effectiveClass } = state.invocations[slot]!;
    if (machine === NONE) continue;
    const elapsed = at - meteredAt;
    const mostOfThisMbMs = mbMs + resident * elapsed;
    const mostOfThisCost = (cpuMs + elapsed) * xx.prices[effectiveClass]! + mostOfThisMbMs * memoryPrice;
    if (!isSafe(mostOfThisMbMs) || !isSafe(mostOfThisCost)) return true;
  }
  return false;
}

function bringUpToDate(invocation: Metered, now: number): void {
  const elapsed = now - invocation.meteredAt;
  if (elapsed === 0) return;
  if (invocation.phase === 'running') invocation.cpuMs += elapsed;
  invocation.mbMs += invocation.resident * elapsed;
  invocation.meteredAt = now;
}

function beyond(id: number, what: string, value: number, at: number): UnsafeSum {
  return new UnsafeSum(
    `at ${at}: invocation ${id} ends with a bill whose ${what} is about ${value}, beyond the safe integers; ` +
      'shorten the scenario or lower the prices',
  );
}
