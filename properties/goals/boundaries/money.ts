import type { Stimulus } from '../../../model/alphabet.ts';
import type { State } from '../../../model/state.ts';
import { invocationOf } from '../../../model/unended.ts';
import { AT, count, countWithin } from './table.ts';

/** Boundaries of section 3.1: what was spent, what a callee inherits, how often one is tried. */

/** Once a root was answered for: what its tenant has spent by now is then known. */
export function afterSubmit(
  state: State,
  { tenant }: Extract<Stimulus, { type: 'submit' }>,
  counts: Uint32Array,
): void {
  const { budget, period, burstPercent, spent } = state.tenants[tenant]!;
  if (budget === null) return;
  const elapsedMs = state.now % period;
  if (period > 2) {
    if (elapsedMs === period - 1) counts[AT['time-against-period']]!++;
    else if (elapsedMs <= 1 && state.now >= period) counts[AT['time-against-period'] + 1 + elapsedMs]!++;
  }
  if (budget === 0 || spent === 0) return;
  count(counts, AT['spent-against-budget'], spent - budget);
  if (spent >= budget) return;
  const share = 100 * elapsedMs + burstPercent * period;
  const unit = 100 * period;
  const [left, right] = [spent * unit, budget * share];
  const isVast = left > Number.MAX_SAFE_INTEGER || right > Number.MAX_SAFE_INTEGER;
  const off = isVast ? Number(BigInt(spent) * BigInt(unit) - BigInt(budget) * BigInt(share)) : left - right;
  if (off < -unit || off > unit) return;
  countWithin(counts, AT['spent-against-pace'], off, unit);
  if (isVast && burstPercent > 0) countWithin(counts, AT['spent-against-vast-pace'], off, unit);
  if (isFraction(budget, elapsedMs, period) && isFraction(budget, burstPercent, 100)) {
    countWithin(counts, AT['spent-against-fractional-pace'], off, unit);
  }
}

function isFraction(a: number, b: number, c: number): boolean {
  if (a * b <= Number.MAX_SAFE_INTEGER) return (a * b) % c !== 0;
  return (BigInt(a) * BigInt(b)) % BigInt(c) !== 0n;
}

export function beforeCall(
  state: State,
  stimulus: Extract<Stimulus, { type: 'call' }>,
  counts: Uint32Array,
): void {
  const caller = invocationOf(state.invocations, stimulus.caller);
  if (caller !== undefined) count(counts, AT['asked-against-inherited-class'], stimulus.class - caller.class);
}

export function beforeCrash(
  state: State,
  { machine }: Extract<Stimulus, { type: 'crash' }>,
  counts: Uint32Array,
): void {
  const { maxAttempts } = state.config;
  for (const { attempt } of state.machines[machine]?.live ?? []) {
    const off = attempt - maxAttempts;
    count(counts, AT['attempts-against-most'], off);
    if (maxAttempts > 3) count(counts, AT['attempts-against-many'], off);
  }
}
