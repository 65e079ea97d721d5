import type { Bill, Decision } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { slotsIn } from '../../../reference-impl/slot-table.ts';
import type { Fault, FaultContext } from './planted.ts';
import { Remembered } from './remembered.ts';
import type { SeenInvocation } from './will-run.ts';

/** What may be wrong with metering. */
export interface MeteringTaste {
  /** Whether its cpu meter turns. Only while it runs unless given. */
  runs?(invocation: SeenInvocation): boolean;
  /** MB that it pays for. What is in RAM unless given. */
  memoryMb?(invocation: SeenInvocation): number;
  /** The class at whose price it pays. Its effective one unless given. */
  pricedAs?(invocation: SeenInvocation): number;
  /** Whether a new attempt goes on with the meter of the one before. */
  readonly keepsLostWork?: boolean;
}

/** What passed between two steps: so many ms, at so many pico-cents a ms for each tenant. */
export interface Passed {
  readonly ms: number;
  readonly rates: readonly number[];
}

/**
 * A second set of meters beside the reference's, kept by looking at who does what between two steps: what
 * somebody else might have metered.
 */
export class ShadowMeter {
  private readonly config: Configuration;
  private readonly taste: MeteringTaste;
  private since: number | undefined;
  private readonly meters = new Map<number, Bill & { attempt: number }>();

  constructor(config: Configuration, taste: MeteringTaste) {
    this.config = config;
    this.taste = taste;
  }

  /** Meters what everybody has used up to now; to be asked before the reference hears of the stimulus. */
  advance({ at, state }: FaultContext): Passed {
    // One that begins in the midst, in a state that it was put into, knows nothing of the time before.
    const ms = at - (this.since ?? state.now);
    this.since = at;
    const rates = this.config.tenants.map(() => 0);
    for (const slot of slotsIn(state.slots)) {
      const invocation = state.invocations[slot]!;
      if (invocation.phase === 'queued') this.beginAnew(invocation);
      else rates[invocation.tenant]! += this.meter(invocation, ms);
    }
    return { ms, rates };
  }

  private meter(invocation: SeenInvocation, ms: number): number {
    const { taste, config } = this;
    const meter = this.meterOf(invocation);
    const cpu = Number(taste.runs?.(invocation) ?? invocation.phase === 'running');
    const memoryMb = taste.memoryMb?.(invocation) ?? invocation.resident;
    const price = config.classes[taste.pricedAs?.(invocation) ?? invocation.class]!.price;
    const rate = cpu * price + memoryMb * config.memoryPrice;
    meter.cpuMs += cpu * ms;
    meter.mbMs += memoryMb * ms;
    meter.cost += rate * ms;
    return rate;
  }

  /** Who was lost in a crash may be placed and end in one step, and then is never seen to live again. */
  private beginAnew({ id }: SeenInvocation): void {
    if (this.taste.keepsLostWork !== true) this.meters.delete(id);
  }

  private meterOf({ id, attempt }: SeenInvocation): Bill & { attempt: number } {
    const known = this.meters.get(id);
    const goesOn = known !== undefined && (known.attempt === attempt || this.taste.keepsLostWork === true);
    const meter = goesOn ? known : { cpuMs: 0, mbMs: 0, cost: 0, attempt };
    meter.attempt = attempt;
    this.meters.set(id, meter);
    return meter;
  }

  /** The same meters, which go on by themselves. */
  copy(): ShadowMeter {
    const copy = new ShadowMeter(this.config, this.taste);
    copy.since = this.since;
    for (const [id, meter] of this.meters) copy.meters.set(id, { ...meter });
    return copy;
  }

  /** What it owes, up to now. */
  billOf(id: number): Bill {
    const { cpuMs, mbMs, cost } = this.meters.get(id) ?? { cpuMs: 0, mbMs: 0, cost: 0 };
    return { cpuMs, mbMs, cost };
  }
}

/** A fault in what bills say: whoever ends pays what the shadow meter says. */
export function billsBy(taste: MeteringTaste): () => Fault {
  return () => {
    const config = new Remembered();
    let meter: ShadowMeter | undefined;
    let before: ShadowMeter | undefined;
    return {
      reads: (configuration) => config.remember(configuration),
      hears(moment) {
        meter ??= new ShadowMeter(config.now, taste);
        before = meter.copy();
        meter.advance(moment);
        return [moment.stimulus];
      },
      // What is refused changes nothing, and no time has passed.
      refuses(refusal) {
        meter = before;
        throw refusal;
      },
      says: rebilled((id) => meter!.billOf(id)),
    };
  };
}

/** Replaces the bills of those that end on a machine; those that crashes end pay nothing. */
export function rebilled(
  billOf: (id: number, exact: Bill) => Bill,
): (decisions: readonly Decision[]) => Decision[] {
  return (decisions) =>
    decisions.map((decision) => {
      if (decision.type !== 'complete' && decision.type !== 'kill') return decision;
      if (decision.type === 'kill' && decision.reason === 'attempts') return decision;
      return { ...decision, bill: billOf(decision.id, decision.bill) };
    });
}
