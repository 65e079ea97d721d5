import type { Invocation } from '../../model/entities.ts';
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
export function meteredNow(
  { now }: State,
  { phase, cpuMs, mbMs, resident, meteredAt }: Invocation,
): { cpuMs: number; mbMs: number } {
  const ms = now - meteredAt;
  return { cpuMs: cpuMs + (phase === PHASE.running ? ms : 0), mbMs: mbMs + resident * ms };
}
