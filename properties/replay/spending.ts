import { type Invocation, ramHeldFor } from '../../model/entities.ts';
import { rateOf } from '../../model/metering.ts';
import type { State, TenantAccount } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';

/** Money as it stands now. The model meters lazily, and reading must change nothing. */

/** What a tenant with a budget has spent in this period, in pico-cents. */
export function spentNow(state: State, tenant: TenantAccount): number {
  const periodStart = state.now - (state.now % tenant.period);
  const rate = rateOf(state, tenant);
  return tenant.meteredAt < periodStart
    ? rate * (state.now - periodStart)
    : tenant.spent + rate * (state.now - tenant.meteredAt);
}

/** What an invocation has used in this attempt. */
export function meteredNow({ now }: State, invocation: Invocation): { cpuMs: number; mbMs: number } {
  const { phase, cpuMs, mbMs, meteredAt } = invocation;
  const ms = now - meteredAt;
  const isRunning = phase === PHASE.running;
  return { cpuMs: cpuMs + (isRunning ? ms : 0), mbMs: mbMs + ramHeldFor(invocation) * ms };
}
