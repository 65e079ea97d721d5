import type { TimedStimulus } from '../../../model/alphabet.ts';
import { rateOf } from '../../../model/metering.ts';
import type { State, TenantAccount } from '../../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../../model/table.ts';
import { type Aim, type Desk, someOf } from './aim.ts';

/**
 * Roots that are submitted just when spending meets the pace, or the budget, to the pico-cent; a ms before or after
 * that; and where a period ends.
 */
export const money: Aim = {
  name: 'money',
  suits: ({ tenants }) => (tenants.some(({ budget }) => budget !== null) ? 'well' : 'not'),
  next(desk) {
    const { state } = desk;
    const account = someOf(state.tenants, desk, ({ budget }) => budget !== null);
    if (account === null) return null;
    const tenant = state.tenants.indexOf(account);
    const rate = rateOf(state, account);
    const at = timeOf(desk, account, rate);
    if (at !== null) return { at, stimulus: desk.submission(tenant) };
    return rate === 0 ? startInTime(desk, account, tenant) : endOf(desk, tenant);
  },
};

/** An invocation ends that spends at a rate that leads to nothing. */
function endOf(desk: Desk, tenant: number): TimedStimulus | null {
  const { state } = desk;
  const runs = someOf(state.byPhase[PHASE.running]!, desk, (one) => one.tenant === tenant);
  return runs && { at: state.now, stimulus: { type: 'finish', id: runs.id } };
}

function timeOf({ state, below }: Desk, account: TenantAccount, rate: number): number | null {
  const now = standingAt(state, account, rate);
  const next = nextPeriod(now, account);
  switch (below(8)) {
    case 0:
      return edgeOfPeriod(state, account, below(3) - 1);
    case 1:
    case 2:
      return whenSpent(now, account, rate, below(2));
    default: {
      const late = below(2);
      return whenOnPace(now, account, rate, late) ?? whenOnPace(next, account, rate, late);
    }
  }
}

/** How a tenant stands: when its period began, how much of it has passed, and what was spent in it. */
interface Standing {
  readonly startMs: number;
  readonly elapsedMs: number;
  readonly spent: number;
}

function standingAt({ now }: State, { period, meteredAt, spent }: TenantAccount, rate: number): Standing {
  const startMs = now - (now % period);
  const before = meteredAt < startMs ? 0 : spent;
  const passedMs = now - Math.max(meteredAt, startMs);
  return { startMs, elapsedMs: now - startMs, spent: before + rate * passedMs };
}

function nextPeriod({ startMs }: Standing, { period }: TenantAccount): Standing {
  return { startMs: startMs + period, elapsedMs: 0, spent: 0 };
}

function edgeOfPeriod({ now }: State, { period }: TenantAccount, off: number): number | null {
  const at = now - (now % period) + period + off;
  return at >= now ? safe(at) : null;
}

/** When the budget is spent at this rate; `late` ms after that. */
function whenSpent(
  { elapsedMs, spent, startMs }: Standing,
  { budget, period }: TenantAccount,
  rate: number,
  late: number,
): number | null {
  if (rate === 0 || spent > budget!) return null;
  const elapsed = elapsedMs + Math.floor((budget! - spent) / rate) + late;
  return elapsed < period ? safe(startMs + elapsed) : null;
}

/**
 * When spending at this rate is exactly what the pace allows, or the last ms before; `late` ms after that. Spending
 * and pace are straight lines: with e ms elapsed, 100·P·(s + r·(e − e₀)) = B·(100·e + burst·P).
 */
function whenOnPace(
  { elapsedMs, spent, startMs }: Standing,
  account: TenantAccount,
  rate: number,
  late: number,
): number | null {
  const budget = BigInt(account.budget!);
  const period = BigInt(account.period);
  const slope = 100n * (period * whole(rate) - budget);
  if (slope === 0n) return null;
  const level =
    budget * BigInt(account.burstPercent) * period -
    100n * period * (whole(spent) - whole(rate) * BigInt(elapsedMs));
  const elapsed = Number(level / slope) + late;
  return elapsed >= elapsedMs && elapsed < account.period ? safe(startMs + elapsed) : null;
}

/** A time, unless it is beyond all. */
function safe(at: number): number | null {
  return Number.isSafeInteger(at) ? at : null;
}

/** The longest period of which every ms is tried. */
const MOST_TRIED_MS = 64;

/**
 * The turn of a shard at which a function would have to start so that spending is exactly on the pace later in the
 * period.
 */
function startInTime(desk: Desk, account: TenantAccount, tenant: number): TimedStimulus | null {
  const { state } = desk;
  const { config, byPhase, byAvailability } = state;
  if (account.period > MOST_TRIED_MS || byAvailability[AVAILABILITY.up]!.length === 0) return null;
  const waits = someOf(byPhase[PHASE.queued]!, desk, (queued) => queued.tenant === tenant);
  if (waits === null) return { at: state.now, stimulus: desk.submission(tenant) };
  const rate = config.classes[waits.class]!.price + config.memoryPrice * config.initialMemory;
  const now = standingAt(state, account, 0);
  const at = startOf(desk, account, rate, now) ?? startOf(desk, account, rate, nextPeriod(now, account));
  return at === null ? null : { at, stimulus: { type: 'turn', shard: waits.shard } };
}

function startOf(
  { below }: Desk,
  { budget, period, burstPercent }: TenantAccount,
  rate: number,
  { elapsedMs, spent, startMs }: Standing,
): number | null {
  const first = below(period);
  const exactly = below(2) === 0;
  for (let tried = 0; tried < period; tried++) {
    const elapsed = (first + tried) % period;
    const pace = quotientOf(budget!, 100 * elapsed + burstPercent * period, 100 * period, exactly);
    if (pace === null || pace <= spent || (pace - spent) % rate !== 0) continue;
    const begins = elapsed - (pace - spent) / rate;
    if (begins >= elapsedMs) return safe(startMs + begins);
  }
  return null;
}

/** a·b / c if it is whole; else null, or the whole number that is nearest. */
function quotientOf(a: number, b: number, c: number, exactly: boolean): number | null {
  if (a * b <= Number.MAX_SAFE_INTEGER) {
    return exactly && (a * b) % c !== 0 ? null : Math.round((a * b) / c);
  }
  const product = BigInt(a) * BigInt(b);
  if (exactly && product % BigInt(c) !== 0n) return null;
  return Number((2n * product + BigInt(c)) / BigInt(2 * c));
}

function whole(figure: number): bigint {
  return BigInt(Number.isFinite(figure) ? Math.trunc(figure) : 0);
}
