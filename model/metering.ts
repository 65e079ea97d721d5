import type { Bill } from './alphabet.ts';
import { type Invocation, ramHeldFor } from './entities.ts';
import { UnsafeSum } from './input-error.ts';
import type { State, TenantAccount } from './state.ts';
import { PHASE } from './table.ts';

/**
 * Money (paper section 3.1): cpu time at the price of the effective class while running, the RAM that is held at one
 * price whatever the class. All of it is metered lazily, when something that it depends on changes.
 */

/** Brings the meters of an invocation up to now. Must precede any change of its phase or resident memory. */
export function meter(state: State, invocation: Invocation): void {
  const ms = state.now - invocation.meteredAt;
  if (ms === 0) return;
  if (invocation.phase === PHASE.running) invocation.cpuMs += ms;
  invocation.mbMs += ramHeldFor(invocation) * ms;
  invocation.meteredAt = state.now;
}

/**
 * The exact bill of an invocation that ends now, for its last attempt.
 *
 * @throws UnsafeSum when a sum leaves the safe integers: such a scenario is refused.
 */
export function billOf(state: State, invocation: Invocation): Bill {
  meter(state, invocation);
  const { cpuMs, mbMs } = invocation;
  const cost = cpuMs * state.config.classes[invocation.class]!.price + mbMs * state.config.memoryPrice;
  for (const sum of [cpuMs, mbMs, cost]) {
    if (!Number.isSafeInteger(sum)) {
      throw new UnsafeSum(
        `the bill of invocation ${invocation.id} leaves the safe integers (cpuMs ${cpuMs}, mbMs ${mbMs}, cost ${cost}); use smaller prices, times or memory`,
      );
    }
  }
  return { cpuMs, mbMs, cost };
}

/** Must precede a change to a tenant's running or resident invocations, so that the old rate is charged to now. */
export function settleTenant(state: State, id: number): TenantAccount {
  const tenant = state.tenants[id]!;
  if (tenant.budget === null || tenant.meteredAt === state.now) return tenant;
  const rate = rateOf(state, tenant);
  const periodStart = state.now - (state.now % tenant.period);
  let from = tenant.meteredAt;
  if (from < periodStart) {
    const end = from - (from % tenant.period) + tenant.period;
    refuseUnsafeSpending(id, tenant.spent + rate * (end - from));
    if (end < periodStart) refuseUnsafeSpending(id, rate * tenant.period);
    tenant.spent = 0;
    from = periodStart;
  }
  tenant.spent += rate * (state.now - from);
  refuseUnsafeSpending(id, tenant.spent);
  tenant.meteredAt = state.now;
  return tenant;
}

function refuseUnsafeSpending(id: number, spent: number): void {
  if (Number.isSafeInteger(spent)) return;
  throw new UnsafeSum(
    `the spending of tenant ${id} leaves the safe integers (${spent}); use smaller prices, times or memory`,
  );
}

/** What a ms costs a tenant now. Summed afresh from counts, so that rounding errors cannot accumulate. */
export function rateOf(state: State, tenant: TenantAccount): number {
  let rate = tenant.resident * state.config.memoryPrice;
  for (let priceClass = 0; priceClass <= state.topClass; priceClass++) {
    rate += tenant.runningByClass[priceClass]! * state.config.classes[priceClass]!.price;
  }
  return rate;
}

/** Takes an invocation out of its tenant's rate, before it changes. */
export function uncharge(state: State, invocation: Invocation): void {
  meter(state, invocation);
  if (state.tenants[invocation.tenant]!.budget === null) return;
  const tenant = settleTenant(state, invocation.tenant);
  if (invocation.phase === PHASE.running) tenant.runningByClass[invocation.class]!--;
  tenant.resident -= ramHeldFor(invocation);
}

/** Puts an invocation back into its tenant's rate, after it has changed. */
export function charge(state: State, invocation: Invocation): void {
  const tenant = state.tenants[invocation.tenant]!;
  if (tenant.budget === null) return;
  if (invocation.phase === PHASE.running) tenant.runningByClass[invocation.class]!++;
  tenant.resident += ramHeldFor(invocation);
  state.spendingHorizon = Math.min(state.spendingHorizon, horizonOf(state, tenant));
}

function horizonOf(state: State, tenant: TenantAccount): number {
  const rate = rateOf(state, tenant);
  return rate === 0
    ? Number.POSITIVE_INFINITY
    : tenant.meteredAt + (Number.MAX_SAFE_INTEGER - tenant.spent) / rate;
}

/**
 * Lets time pass. Looks at every tenant only when the spending of one could have left the safe integers.
 *
 * @throws UnsafeSum when it has.
 */
export function advance(state: State, now: number): void {
  state.now = now;
  if (now < state.spendingHorizon) return;
  state.spendingHorizon = Number.POSITIVE_INFINITY;
  for (let id = 0; id < state.tenants.length; id++) {
    const tenant = settleTenant(state, id);
    if (tenant.budget !== null) {
      state.spendingHorizon = Math.min(state.spendingHorizon, horizonOf(state, tenant));
    }
  }
}

/** What a budget makes of a root that is submitted now (section 3.1, "throttles or decreases quality of service"). */
export function admissionOf(state: State, tenantId: number): 'throttle' | 'degrade' | 'admit' {
  const tenant = settleTenant(state, tenantId);
  if (tenant.budget === null) return 'admit';
  if (tenant.spent >= tenant.budget) return 'throttle';
  return isAheadOfPace(tenant, state.now % tenant.period) ? 'degrade' : 'admit';
}

/** spent > budget · elapsed / period + budget · burstPercent / 100, compared without rounding. */
function isAheadOfPace(tenant: TenantAccount, elapsedMs: number): boolean {
  const budget = tenant.budget!;
  const spent = tenant.spent * 100 * tenant.period;
  const allowance = budget * (100 * elapsedMs + tenant.burstPercent * tenant.period);
  if (spent <= Number.MAX_SAFE_INTEGER && allowance <= Number.MAX_SAFE_INTEGER) return spent > allowance;
  const period = BigInt(tenant.period);
  return (
    BigInt(tenant.spent) * 100n * period >
    BigInt(budget) * (100n * BigInt(elapsedMs) + BigInt(tenant.burstPercent) * period)
  );
}

/** Whether price a × wait a < price b × wait b, compared without rounding. */
export function lessPriceTimesWait(priceA: number, waitA: number, priceB: number, waitB: number): boolean {
  const a = priceA * waitA;
  const b = priceB * waitB;
  if (a <= Number.MAX_SAFE_INTEGER && b <= Number.MAX_SAFE_INTEGER) return a < b;
  return BigInt(priceA) * BigInt(waitA) < BigInt(priceB) * BigInt(waitB);
}
