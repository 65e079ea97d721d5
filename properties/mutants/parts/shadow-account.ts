import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import type { Fault, FaultContext } from './planted.ts';
import { Remembered } from './remembered.ts';
import { type MeteringTaste, type Passed, ShadowMeter } from './shadow-meter.ts';

/** What may be wrong with what a tenant has spent. */
export interface SpendingTaste extends MeteringTaste {
  /**
   * What a tenant has spent in a period that began `sinceStartMs` ago, after the one in which it had spent `before`.
   * Exactly what that part of the time costs unless given.
   */
  rollsOver?(before: number, ratePerMs: number, passedMs: number, sinceStartMs: number): number;
}

/** What each tenant has spent, as somebody else might add it up. */
class ShadowAccounts {
  private readonly config: Remembered;
  private readonly taste: SpendingTaste;
  private readonly spent: number[] = [];
  private now = 0;

  constructor(config: Remembered, taste: SpendingTaste) {
    this.config = config;
    this.taste = taste;
  }

  advance(at: number, { ms, rates }: Passed): void {
    for (const [tenant, { period }] of this.config.now.tenants.entries()) {
      const before = this.spent[tenant] ?? 0;
      const rate = rates[tenant]!;
      const rolls = period !== undefined && Math.floor(at / period) > Math.floor(this.now / period);
      this.spent[tenant] = rolls ? this.after(before, rate, ms, at % period) : before + rate * ms;
    }
    this.now = at;
  }

  private after(before: number, rate: number, passedMs: number, sinceStartMs: number): number {
    return this.taste.rollsOver?.(before, rate, passedMs, sinceStartMs) ?? rate * sinceStartMs;
  }

  of(tenant: number): number {
    return this.spent[tenant] ?? 0;
  }
}

/** A fault in what tenants are taken to have spent: their budgets act on what the shadow accounts say. */
export function spendsBy(taste: SpendingTaste): () => Fault {
  return () => {
    const config = new Remembered();
    const accounts = new ShadowAccounts(config, taste);
    let meter: ShadowMeter | undefined;
    let submitting = 0;
    return {
      reads: (configuration) => config.remember(configuration),
      hears(moment: FaultContext) {
        meter ??= new ShadowMeter(config.now, taste);
        accounts.advance(moment.at, meter.advance(moment));
        if (moment.stimulus.type === 'submit') submitting = moment.stimulus.tenant;
        return [moment.stimulus];
      },
      policies: {
        admit: (_spent, elapsedMs, budget) =>
          referencePolicies.admit(accounts.of(submitting), elapsedMs, budget),
      },
    };
  };
}
