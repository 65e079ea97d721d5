import type { Bill, Decision } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { lessPriceTimesWait } from '../../../model/metering.ts';
import { availableMb } from './machines.ts';
import type { StockInvocation, StockMachine, StockState } from './state.ts';

/** The rules about queues, idle lists and money, as plain functions of the state. */

/** The heads of the queues of a shard, one a class at most. */
function heads(state: StockState, shard: number): StockInvocation[] {
  return state.shards[shard]!.queues.flatMap(([head]) =>
    head === undefined ? [] : state.invocations[head]!,
  );
}

/** The one that a shard must place: greatest price × wait, among equals of the highest class. */
export function nextToPlace(config: Configuration, state: StockState, shard: number): number | null {
  let best: StockInvocation | null = null;
  for (const head of heads(state, shard)) {
    // Heads come cheapest first, so an equal one is of a higher class.
    if (best === null || !hasLess(config, state.now, head, best)) best = head;
  }
  return best?.id ?? null;
}

function hasLess(config: Configuration, now: number, a: StockInvocation, b: StockInvocation): boolean {
  const priceOf = (invocation: StockInvocation) => config.classes[invocation.class]!.price;
  return lessPriceTimesWait(priceOf(a), now - a.enqueuedAt, priceOf(b), now - b.enqueuedAt);
}

/** Whether an invocation that still waits has more price × wait than the one that was placed had. */
export function isOvertaken(config: Configuration, state: StockState): boolean {
  const { placed } = state.due;
  if (placed === null) return false;
  const { price } = config.classes[placed.class]!;
  return heads(state, placed.shard).some((head) =>
    lessPriceTimesWait(
      price,
      placed.waitedMs,
      config.classes[head.class]!.price,
      state.now - head.enqueuedAt,
    ),
  );
}

/** Whether a placement takes a machine that the shard may choose. */
export function choosesLeastLoaded(
  config: Configuration,
  state: StockState,
  decision: Extract<Decision, { type: 'place' }>,
): boolean {
  const machine = state.machines[decision.machine];
  if (machine?.availability !== 'up') return false;
  const listed = state.machines.filter(({ entry }) => entry?.shard === decision.shard);
  if (decision.via === 'idle-list') {
    const { entry } = machine;
    if (entry?.shard !== decision.shard) return false;
    return listed.every((other) => other.entry!.functions >= entry.functions);
  }
  const up = state.machines.filter(({ availability }) => availability === 'up').length;
  return (
    listed.length === 0 &&
    isPoll(
      decision.polled,
      Math.min(config.kMachines, up),
      (id) => state.machines[id]?.availability === 'up',
    ) &&
    decision.polled.includes(decision.machine) &&
    decision.polled.every((id) => state.machines[id]!.live.length >= machine.live.length)
  );
}

function isPoll(polled: readonly number[], size: number, canBePolled: (id: number) => boolean): boolean {
  return polled.length === size && new Set(polled).size === size && polled.every(canBePolled);
}

/** What the thresholds call for on a machine. */
export function calledFor(
  { idle }: Configuration,
  state: StockState,
  machine: StockMachine,
): 'list' | 'relist' | 'unlist' | null {
  const available = availableMb(state, machine);
  const up = machine.availability === 'up';
  if (machine.entry === null) return up && available >= idle.enter ? 'list' : null;
  if (!up || available < idle.leave) return 'unlist';
  const drifted =
    Math.abs(machine.entry.available - available) >= idle.memoryDrift ||
    Math.abs(machine.entry.functions - machine.live.length) >= idle.functionsDrift;
  return drifted ? 'relist' : null;
}

/** Whether a decision about an idle list is the one that is called for, with true figures. */
export function keepsListTrue(
  config: Configuration,
  state: StockState,
  decision: Extract<Decision, { type: 'list' | 'relist' | 'unlist' }>,
): boolean {
  const machine = state.machines[decision.machine];
  if (machine === undefined || calledFor(config, state, machine) !== decision.type) return false;
  if (decision.type === 'unlist') return machine.entry!.shard === decision.shard;
  if (decision.available !== availableMb(state, machine)) return false;
  if (decision.functions !== machine.live.length) return false;
  if (decision.type === 'relist') return machine.entry!.shard === decision.shard;
  const lengthOf = (shard: number) => state.machines.filter(({ entry }) => entry?.shard === shard).length;
  const shards = state.shards.length;
  return (
    isPoll(decision.polled, Math.min(config.kShards, shards), (id) => state.shards[id] !== undefined) &&
    decision.polled.includes(decision.shard) &&
    decision.polled.every((id) => lengthOf(id) >= lengthOf(decision.shard))
  );
}

/** What an invocation has used by now. */
function billOf(config: Configuration, state: StockState, invocation: StockInvocation): Bill {
  const ms = state.now - invocation.meteredAt;
  const cpuMs = invocation.cpuMs + (invocation.phase === 'running' ? ms : 0);
  const mbMs = invocation.mbMs + invocation.resident * ms;
  return { cpuMs, mbMs, cost: cpuMs * config.classes[invocation.class]!.price + mbMs * config.memoryPrice };
}

export function isExactBill(
  config: Configuration,
  state: StockState,
  invocation: StockInvocation,
  bill: Bill,
): boolean {
  const exact = billOf(config, state, invocation);
  return bill.cpuMs === exact.cpuMs && bill.mbMs === exact.mbMs && bill.cost === exact.cost;
}

/** Pico-cents that a tenant spends each ms. */
export function rateOf(config: Configuration, state: StockState, tenant: number): number {
  let rate = 0;
  for (const invocation of Object.values(state.invocations)) {
    if (invocation.tenant !== tenant) continue;
    rate += invocation.resident * config.memoryPrice;
    if (invocation.phase === 'running') rate += config.classes[invocation.class]!.price;
  }
  return rate;
}

export function isSpent(config: Configuration, state: StockState, tenant: number): boolean {
  const { budget } = config.tenants[tenant]!;
  return budget !== null && state.spent[tenant]! >= budget;
}

/** The class and flag with which one that awaits its answer is owed a place in a queue; null: it is owed none. */
export function owedEnqueue(
  config: Configuration,
  state: StockState,
  invocation: StockInvocation,
): { class: number; degraded: boolean } | null {
  if (invocation.phase === 'lost') {
    const again = state.due.lost[0] === invocation.id && invocation.attempt < config.maxAttempts;
    return again ? { class: invocation.class, degraded: invocation.degraded } : null;
  }
  if (state.due.subject !== invocation.id) return null;
  if (invocation.phase === 'inheritance') {
    const caller = state.invocations[invocation.caller!]!;
    const effective = caller.degraded ? caller.class : Math.max(caller.class, invocation.askedClass);
    return { class: effective, degraded: caller.degraded };
  }
  if (invocation.phase !== 'admission' || isSpent(config, state, invocation.tenant)) return null;
  return isAheadOfPace(config, state, invocation.tenant)
    ? { class: 0, degraded: true }
    : { class: invocation.askedClass, degraded: false };
}

function isAheadOfPace(config: Configuration, state: StockState, id: number): boolean {
  const tenant = config.tenants[id]!;
  if (tenant.budget === null) return false;
  const period = BigInt(tenant.period);
  const elapsed = BigInt(state.now % tenant.period);
  const allowance = BigInt(tenant.budget) * (100n * elapsed + BigInt(tenant.burstPercent) * period);
  return BigInt(state.spent[id]!) * 100n * period > allowance;
}
