import type { Immutable } from 'immer';
import { UnsafeSum } from '../../model/input-error.ts';
import type { Context } from './context.ts';
import { isSafe } from './exact.ts';
import type { Admission } from './policies.ts';
import type { Account, XXState } from './state.ts';

/**
 * Budgets (paper section 3.1): what each tenant that has one has spent in its current period. An account knows the
 * rate at which its tenant spends and adds up when that changes, split exactly where a period ends. Lost work counts.
 */

/** What has to be known of a scheduler's budgets, and of its state, to keep accounts. */
export type Budgets = Pick<Context, 'budgets'>;
export type Accounts = Pick<XXState, 'now' | 'accounts' | 'spendingSafeUntil'>;

const TWO_TO_53 = 2 ** 53;

/** What a tenant's budget does to a root that it submits now. */
export function admitRoot(xx: Context, state: XXState, tenant: number): Admission {
  const budget = xx.budgets[tenant]!;
  if (budget === null) return 'as-asked';
  const account = state.accounts[tenant]!;
  bringUpToDate(account, budget.period, state.now);
  return xx.policies.admit(account.spent, state.now - account.periodStart, budget);
}

/** Adds quantity × unitPrice pico-cents per ms to the rate at which a tenant spends; the quantity may be negative. */
export function changeRate(
  xx: Budgets,
  state: Accounts,
  tenant: number,
  quantity: number,
  unitPrice: number,
): void {
  const budget = xx.budgets[tenant]!;
  if (budget === null || unitPrice === 0) return;
  const account = state.accounts[tenant]!;
  bringUpToDate(account, budget.period, state.now);
  const change = quantity * unitPrice;
  if (isSafe(Math.abs(change))) addToRate(account, 0, change);
  else addLargeToRate(account, quantity, unitPrice);
  const safeUntil = spendingSafeUntil(account, budget.period);
  if (safeUntil < state.spendingSafeUntil) state.spendingSafeUntil = safeUntil;
}

/**
 * Pico-cents that a tenant with a budget has spent at time `now` since its period began; 0 for the others.
 * Reads only.
 */
export function spentAt(account: Readonly<Account>, period: number, now: number): number {
  const fresh = { ...account };
  bringUpToDate(fresh, period, now);
  return fresh.spent;
}

/**
 * Refuses a time at which some tenant's spending, in the period then or in one that ends before, has left the safe
 * integers. Looks at the accounts only when the time is past the one until which they are known to be safe.
 * @throws UnsafeSum
 */
export function checkSpending(xx: Budgets, state: Immutable<Accounts>, at: number): void {
  if (at === state.now || at <= state.spendingSafeUntil) return;
  for (let tenant = 0; tenant < state.accounts.length; tenant++) {
    const budget = xx.budgets[tenant]!;
    if (budget === null || !leavesSafeRange(state.accounts[tenant]!, budget.period, at)) continue;
    throw new UnsafeSum(
      `at ${at}: the spending of tenant ${tenant} has left the safe integers since ` +
        `${state.accounts[tenant]!.since}; shorten the scenario or lower the prices`,
    );
  }
}

/** Computes again until when all accounts are safe, once time `at` is past the known limit and has been checked. */
export function renewSpendingHorizon(xx: Budgets, state: Accounts, at: number): void {
  if (at <= state.spendingSafeUntil) return;
  let earliest = Number.POSITIVE_INFINITY;
  for (let tenant = 0; tenant < state.accounts.length; tenant++) {
    const budget = xx.budgets[tenant]!;
    if (budget === null) continue;
    earliest = Math.min(earliest, spendingSafeUntil(state.accounts[tenant]!, budget.period));
  }
  state.spendingSafeUntil = earliest;
}

function bringUpToDate(account: Account, period: number, now: number): void {
  if (account.since === now) return;
  if (now - account.periodStart < period) {
    account.spent += account.rate * (now - account.since);
  } else {
    account.periodStart = now - (now % period);
    account.spent = account.rate * (now - account.periodStart);
  }
  account.since = now;
}

/** Adds high · 2^53 + low, |low| < 2^53, without ever forming a sum that is not exact. */
function addToRate(account: Account, high: number, low: number): void {
  account.rateHigh += high;
  if (low > 0 && account.rate >= TWO_TO_53 - low) {
    account.rate -= TWO_TO_53 - low;
    account.rateHigh++;
  } else if (low < 0 && account.rate < -low) {
    account.rate += TWO_TO_53 + low;
    account.rateHigh--;
  } else {
    account.rate += low;
  }
}

function addLargeToRate(account: Account, quantity: number, unitPrice: number): void {
  const change = BigInt(quantity) * BigInt(unitPrice);
  const high = change / BigInt(TWO_TO_53);
  addToRate(account, Number(high), Number(change - high * BigInt(TWO_TO_53)));
}

/** A time until which this account is safe at its present rate; perhaps a little before the last such time. */
function spendingSafeUntil(account: Readonly<Account>, period: number): number {
  const { periodStart, spent, since, rate, rateHigh } = account;
  if (rateHigh > 0) return since;
  if (rate === 0) return Number.POSITIVE_INFINITY;
  // A quotient below 2^53 is off by less than one when it is rounded: two are enough to stay below.
  const inThisPeriod = since + (Number.MAX_SAFE_INTEGER - spent) / rate - 2;
  if (inThisPeriod < periodStart + period) return inThisPeriod;
  if (isSafe(rate * period)) return Number.POSITIVE_INFINITY;
  return periodStart + period + Number.MAX_SAFE_INTEGER / rate - 2;
}

/** Whether this account is beyond the safe integers at time `at`, or at the end of a period before. Exact. */
function leavesSafeRange(account: Readonly<Account>, period: number, at: number): boolean {
  const { periodStart, spent, since, rate, rateHigh } = account;
  if (at === since) return false;
  if (rateHigh > 0) return true;
  const beyondPeriod = at - periodStart - period;
  if (beyondPeriod < 0) return !isSafe(spent + rate * (at - since));
  const untilItsEnd = period - (since - periodStart);
  return !isSafe(spent + rate * untilItsEnd) || !isSafe(rate * Math.min(beyondPeriod, period));
}
