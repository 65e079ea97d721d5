import type { Decision } from './alphabet.ts';
import type { State } from './state.ts';
import { PHASE } from './table.ts';
import { everybody } from './unended.ts';

/**
 * What only a history tells, kept a second time and always up to date: meters, and who came before whom. For tests that
 * take the model where no rule would let it.
 */

/** What one attempt of an invocation has used. */
interface Meter {
  cpuMs: number;
  mbMs: number;
}

export class Ledger {
  private readonly state: State;
  private now = 0;
  private readonly meters = new Map<number, Meter>();
  private readonly spent: number[];
  /** Ids in the order in which they were enqueued last, and in which they came to their machines. */
  private readonly enqueued = new Set<number>();
  private readonly arrived = new Set<number>();
  /** Ids in the order in which they took places in line, by machine. */
  private readonly reserved = new Map<number, Set<number>>();

  constructor(state: State) {
    this.state = state;
    this.spent = state.tenants.map(() => 0);
  }

  /** Must be told the time of each step before the model is. */
  passTo(now: number): void {
    const ms = now - this.now;
    const { classes, memoryPrice } = this.state.config;
    const rates = this.state.tenants.map(() => 0);
    for (const { id, tenant, phase, resident, inFlight, machine, class: priceClass } of everybody(
      this.state.invocations,
    )) {
      const running = phase === PHASE.running;
      const meter = this.meters.get(id);
      if (machine === null || meter === undefined) continue;
      if (running) meter.cpuMs += ms;
      meter.mbMs += (resident + inFlight) * ms;
      rates[tenant]! += (resident + inFlight) * memoryPrice + (running ? classes[priceClass]!.price : 0);
    }
    for (const [id, { period }] of this.state.tenants.entries()) {
      const sinceThen = now % period;
      const isAnother = now - sinceThen > this.now;
      this.spent[id] = isAnother ? rates[id]! * sinceThen : this.spent[id]! + rates[id]! * ms;
    }
    this.now = now;
  }

  /** Must be told of each decision that was applied. */
  note(decision: Decision): void {
    const { type } = decision;
    if (type === 'enqueue' || type === 'evict') putLast(this.enqueued, decision.id);
    if (type === 'place') this.meters.set(decision.id, { cpuMs: 0, mbMs: 0 });
    if (type === 'place' || type === 'wake') putLast(this.arrived, decision.id);
    if (type === 'reserve') {
      const line = this.reserved.get(decision.machine) ?? new Set();
      this.reserved.set(decision.machine, line);
      putLast(line, decision.id);
    }
  }

  /** What differs from the history, a line for each. Changes nothing. */
  wrong(): string[] {
    return [...this.wrongMeters(), ...this.wrongOrders()];
  }

  private wrongOrders(): string[] {
    const wrong: string[] = [];
    const compare = (what: string, kept: readonly { id: number }[], order: ReadonlySet<number>): void => {
      const ids = kept.map(({ id }) => id);
      const inOrder = [...order].filter((id) => ids.includes(id));
      if (`${ids}` !== `${inOrder}`) wrong.push(`${what} is ${inOrder}, and the model says ${ids}`);
    };
    for (const { id, live } of this.state.machines) {
      compare(`the order of arrival on machine ${id}`, live, this.arrived);
    }
    for (const [machine, line] of this.state.optional?.lines ?? []) {
      compare(`the line at machine ${machine.id}`, [...line], this.reserved.get(machine.id) ?? new Set());
    }
    for (const [id, { queues }] of this.state.shards.entries()) {
      for (const [priceClass, { items, head }] of queues.entries()) {
        compare(`queue ${priceClass} of shard ${id}`, items.slice(head), this.enqueued);
      }
    }
    return wrong;
  }

  private wrongMeters(): string[] {
    const wrong: string[] = [];
    const { state } = this;
    for (const one of everybody(state.invocations)) {
      const { id, phase, machine, cpuMs, mbMs, meteredAt } = one;
      if (machine === null) continue;
      const ms = state.now - meteredAt;
      const kept = {
        cpuMs: cpuMs + (phase === PHASE.running ? ms : 0),
        mbMs: mbMs + (one.resident + one.inFlight) * ms,
      };
      const found = this.meters.get(id);
      if (found === undefined || differ(kept.cpuMs, found.cpuMs) || differ(kept.mbMs, found.mbMs)) {
        wrong.push(
          `invocation ${id} has used ${JSON.stringify(found)}, and the model says ${JSON.stringify(kept)}`,
        );
      }
    }
    for (const [id, tenant] of state.tenants.entries()) {
      if (tenant.budget === null) continue;
      const kept = spentNow(state, id);
      if (kept !== this.spent[id])
        wrong.push(`tenant ${id} has spent ${this.spent[id]}, and the model says ${kept}`);
    }
    return wrong;
  }
}

/** What a tenant has spent by now, without bringing its account up to date. */
function spentNow({ config, tenants, now }: State, id: number): number {
  const { spent, meteredAt, period, runningByClass, resident } = tenants[id]!;
  const rate = runningByClass.reduce(
    (total, count, priceClass) => total + count * config.classes[priceClass]!.price,
    resident * config.memoryPrice,
  );
  const since = now % period;
  return now - since > meteredAt ? rate * since : spent + rate * (now - meteredAt);
}

function putLast(ids: Set<number>, id: number): void {
  ids.delete(id);
  ids.add(id);
}

/**
 * Whether two sums of the same summands, added in other groups, differ. Beyond the safe integers they may, and do no harm:
 * no bill can say them.
 */
function differ(one: number, other: number): boolean {
  return one !== other && (Number.isSafeInteger(one) || Number.isSafeInteger(other));
}
