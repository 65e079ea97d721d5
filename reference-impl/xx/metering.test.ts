import assert from 'node:assert/strict';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Bill, Decision } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { type Choice, configurationFrom, stimulusFrom } from './testing-walk.ts';
import type { XXView } from './view.ts';
import { createXX } from './xx.ts';

const LIMIT = BigInt(Number.MAX_SAFE_INTEGER);

const configurations = fc.array(fc.nat(10_000), { minLength: 30, maxLength: 60 }).map(configurationFrom);
const choices = (waitMs: fc.Arbitrary<number>) =>
  fc.record<Choice>({
    kind: fc.nat(1000),
    subject: fc.nat(20),
    figure: fc.nat(30),
    detail: fc.nat(30),
    waitMs,
  });

/** Prices and periods at which spending and bills reach the end of the safe integers within a few steps. */
const extremes = fc.oneof(
  fc.nat(3),
  fc.integer({ min: 40, max: 53 }).map((power) => 2 ** power - 1),
  fc.maxSafeNat(),
);
const extremeConfigurations = fc
  .tuple(configurations, fc.array(extremes, { minLength: 6, maxLength: 6 }))
  .map(([config, [first, second, memoryPrice, periodOne, periodTwo, budget]]) => {
    const low = Math.min(first!, second!, Number.MAX_SAFE_INTEGER - 2) + 1;
    const high = Math.max(low + 1, first!, second!);
    return {
      ...config,
      classes: [low, high].map((price, index) => ({ name: `c${index}`, price })),
      memoryPrice: memoryPrice!,
      tenants: [
        { budget: Number.MAX_SAFE_INTEGER, period: Math.max(1, periodOne!), burstPercent: 100 },
        { budget: Math.max(1, budget!), period: Math.max(1, periodTwo!), burstPercent: 100 },
      ],
    } satisfies Configuration;
  });

/** Meters eagerly, in big integers, from what is seen between two steps. */
class EagerMeter {
  readonly used = new Map<number, { cpuMs: bigint; mbMs: bigint }>();
  readonly spent: bigint[];
  private now = 0;
  private readonly config: Configuration;

  constructor(config: Configuration) {
    this.config = config;
    this.spent = config.tenants.map(() => 0n);
  }

  /** Lets time pass over a state; returns the tenants whose spending was beyond the safe integers by then. */
  advance(view: XXView, at: number): number[] {
    const elapsed = BigInt(at - this.now);
    const rates = this.config.tenants.map(() => 0n);
    for (const each of view.invocations) {
      const used = this.used.get(each.id) ?? { cpuMs: 0n, mbMs: 0n };
      const runs = each.phase === 'running' ? 1n : 0n;
      used.cpuMs += runs * elapsed;
      used.mbMs += BigInt(each.resident) * elapsed;
      this.used.set(each.id, used);
      rates[each.tenant]! += this.cost(each.class, runs, BigInt(each.resident));
    }
    const beyond = rates.flatMap((rate, tenant) => (this.spend(tenant, rate, at) ? [tenant] : []));
    this.now = at;
    return beyond;
  }

  cost(classIndex: number, cpuMs: bigint, mbMs: bigint): bigint {
    return BigInt(this.config.classes[classIndex]!.price) * cpuMs + BigInt(this.config.memoryPrice) * mbMs;
  }

  /** Goes from period end to period end; returns whether the spending was ever beyond. */
  private spend(tenant: number, rate: bigint, at: number): boolean {
    const { budget, period } = this.config.tenants[tenant]!;
    if (budget === null) return false;
    const length = BigInt(period!);
    const end = BigInt(at);
    let time = BigInt(this.now);
    let beyond = false;
    for (let rounds = 0; time < end; rounds++) {
      const periodEnd = (time / length + 1n) * length;
      // Periods that are spent at the same rate are all alike.
      const skips = rounds > 2 && end - time > 2n * length;
      const until = skips ? end - (end % length) : periodEnd < end ? periodEnd : end;
      this.spent[tenant]! += rate * ((until < periodEnd ? until : periodEnd) - time);
      beyond ||= this.spent[tenant]! > LIMIT;
      if (until % length === 0n) this.spent[tenant] = 0n;
      time = until;
    }
    return beyond;
  }
}

function billsIn(decisions: readonly Decision[]): { id: number; bill: Bill; lost: boolean }[] {
  return decisions.flatMap((decision) => {
    if (decision.type !== 'kill' && decision.type !== 'complete') return [];
    const lost = decision.type === 'kill' && decision.reason === 'attempts';
    return [{ id: decision.id, bill: decision.bill, lost }];
  });
}

describe('metering', () => {
  test.prop(
    [configurations, fc.array(choices(fc.oneof(fc.nat(3), fc.nat(40))), { maxLength: 120, size: 'max' })],
    { numRuns: 60 },
  )(
    'bills the last attempt and spends period by period exactly, as adding up between all steps does',
    (config, walk) => {
      const xx = createXX();
      xx.reset(config);
      const meter = new EagerMeter(config);
      for (const choice of walk) {
        const before = xx.inspect();
        const { at, stimulus } = stimulusFrom(config, xx.state, choice);
        meter.advance(before, at);
        const decisions = xx.step(at, stimulus);
        const classOf = new Map(before.invocations.map((each) => [each.id, each.class]));
        for (const { id, bill, lost } of billsIn(decisions)) {
          const { cpuMs, mbMs } = lost ? { cpuMs: 0n, mbMs: 0n } : (meter.used.get(id) ?? fail());
          const cost = meter.cost(classOf.get(id)!, cpuMs, mbMs);
          assert.deepEqual(bill, { cpuMs: Number(cpuMs), mbMs: Number(mbMs), cost: Number(cost) });
        }
        const view = xx.inspect();
        for (const { id, phase } of view.invocations) if (phase === 'queued') meter.used.delete(id);
        for (const [tenant, { spent }] of view.tenants.entries()) {
          if (spent !== null) assert.equal(spent, Number(meter.spent[tenant]));
        }
      }
    },
  );

  const anyWait = fc.oneof(
    fc.nat(3),
    fc.nat(1000),
    fc.integer({ min: 0, max: 50 }).map((power) => 2 ** power),
  );

  test('refuses a time exactly when a spending has left the safe integers by then, and changes nothing', () => {
    const refused = { spending: 0, bill: 0 };
    const walks = fc.array(choices(anyWait), { maxLength: 60, size: 'max' });
    const anyWalk = fc.property(extremeConfigurations, walks, (config, walk) => {
      const xx = createXX();
      xx.reset(config);
      const meter = new EagerMeter(config);
      for (const choice of walk) {
        const { at, stimulus } = stimulusFrom(config, xx.state, choice);
        if (!Number.isSafeInteger(at)) return;
        const before = structuredClone(xx.state);
        const beyond = meter.advance(xx.inspect(), at);
        try {
          xx.step(at, stimulus);
          assert.deepEqual(beyond, []);
        } catch (error) {
          expect(error).toBeInstanceOf(ImpossibleStimulus);
          const { message } = error as Error;
          if (beyond.length > 0) expect(message).toContain(`spending of tenant ${beyond[0]}`);
          else expect(message).toContain('bill');
          refused[beyond.length > 0 ? 'spending' : 'bill']++;
          expect(xx.state).toEqual(before);
          return;
        }
      }
    });
    fc.assert(anyWalk, { numRuns: 300 });
    expect(refused.spending).toBeGreaterThan(0);
    expect(refused.bill).toBeGreaterThan(0);
  });
});

function fail(): never {
  throw new Error('billed, but never seen');
}
