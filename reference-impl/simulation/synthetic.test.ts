import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createGenerator } from '../random.ts';
import { Distribution } from './distribution.ts';
import { momentsOf, type RuntimeDistribution, samplerOf } from './distributions.ts';
import { type SyntheticWorkload, synthesize } from './synthetic.ts';
import { idealMs, type WorkloadItem } from './workload.ts';

const XM = { mean: 2000, sd: 5000, least: 200, most: 100_000 };
const KINDS: RuntimeDistribution[] = [
  { kind: 'pareto', alpha: 5, xmMs: XM },
  { kind: 'pareto', alpha: 25, xmMs: XM },
  { kind: 'exponential', meanMs: 3000 },
  { kind: 'deterministic', meanMs: 3000 },
  { kind: 'uniform', leastMs: 500, mostMs: 4000 },
  { kind: 'hyperexponential', meanMs: 3000, scv: 3 },
];

describe('a distribution of run times', () => {
  test.each(KINDS)('$kind has the moments that it says: %o', (distribution) => {
    const draw = samplerOf(distribution);
    const generator = createGenerator(7);
    const sums = { mean: 0, second: 0 };
    const COUNT = 200_000;
    for (let i = 0; i < COUNT; i++) {
      const value = draw(generator);
      sums.mean += value / COUNT;
      sums.second += value ** 2 / COUNT;
    }
    const { mean, second } = momentsOf(distribution);
    expect(sums.mean / mean).toBeCloseTo(1, 1);
    expect(sums.second / second).toBeCloseTo(1, 0);
  });

  test('of the paper has the mean that its authors measured, and a third of it at the floor', () => {
    const distribution: RuntimeDistribution = { kind: 'pareto', alpha: 25, xmMs: XM };
    expect(momentsOf(distribution).mean / 1000).toBeCloseTo(3.36, 1);
    expect(momentsOf({ ...distribution, alpha: 2 }).second).toBe(Number.POSITIVE_INFINITY);
    const draw = samplerOf({ ...distribution, alpha: 1e9 });
    const generator = createGenerator(1);
    const drawn = Array.from({ length: 20_000 }, () => draw(generator));
    expect(drawn.filter((ms) => ms < 200.01).length / drawn.length).toBeCloseTo(0.36, 1);
  });
});

const BASE: SyntheticWorkload = {
  classes: [
    { name: 'low', price: 1, weight: 3 },
    { name: 'high', price: 4, weight: 1 },
  ],
  runtime: { kind: 'exponential', meanMs: 1000 },
  memoryMb: { least: 100, most: 1000, distribution: 'uniform' },
  growthSteps: 3,
  arrivals: 'poisson',
  tickMs: 1000,
  phases: [{ fromMs: 0, load: 0.5 }],
  cores: 10,
  untilMs: 100_000,
  functions: Number.POSITIVE_INFINITY,
  calls: { probability: 0, depth: 0 },
  seed: 1,
};
const itemsOf = (changes: Partial<SyntheticWorkload>): WorkloadItem[] => [
  ...synthesize({ ...BASE, ...changes }),
];

describe('a drawn workload', () => {
  test.prop(
    [
      fc.nat(),
      fc.constantFrom('poisson' as const, 'per-tick' as const),
      fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), depth: fc.nat({ max: 3 }) }),
    ],
    { numRuns: 20 },
  )('is the same for the same seed, and arrives in order', (seed, arrivals, calls) => {
    const changes = { seed, arrivals, calls, untilMs: 20_000 };
    const items = itemsOf(changes);
    expect(itemsOf(changes)).toEqual(items);
    for (const [index, item] of items.entries()) {
      expect(item.arriveMs).toBeGreaterThanOrEqual(items[index - 1]?.arriveMs ?? 0);
      expect(item.arriveMs).toBeLessThanOrEqual(20_000);
      expect(item.runMs).toBeGreaterThanOrEqual(1);
      expect(item.finalMemoryMb).toBeGreaterThanOrEqual(100);
      expect(item.finalMemoryMb).toBeLessThanOrEqual(1000);
      if (arrivals === 'per-tick') expect(item.arriveMs % 1000).toBe(0);
      for (const { afterMs } of item.calls ?? []) expect(afterMs).toBeLessThanOrEqual(item.runMs);
    }
  });

  test.each(['poisson', 'per-tick'] as const)('brings the load of each phase: %s', (arrivals) => {
    const phases = [
      { fromMs: 0, load: 0.4 },
      { fromMs: 400_000, load: 1.2 },
    ];
    const items = itemsOf({ arrivals, phases, untilMs: 800_000 });
    for (const [index, { load }] of phases.entries()) {
      const ofPhase = items.filter(({ arriveMs }) => Math.floor(arriveMs / 400_000) === index);
      const workMs = ofPhase.reduce((sum, { runMs }) => sum + runMs, 0);
      expect(workMs / (400_000 * 10) / load).toBeCloseTo(1, 0.9);
    }
  });

  test('counts the work of callees as part of the load', () => {
    const items = itemsOf({ calls: { probability: 0.5, depth: 3 }, untilMs: 10_000_000 });
    const workMs = items.reduce((sum, item) => sum + idealMs(item), 0);
    expect(workMs / (10_000_000 * 10) / 0.5).toBeCloseTo(1, 1);
    expect(items.some(({ calls }) => calls?.[0]?.item.calls !== undefined)).toBe(true);
  });

  test('ends after so many functions, and follows the weights', () => {
    const items = itemsOf({ functions: 4000, untilMs: Number.POSITIVE_INFINITY });
    expect(items.length).toBe(4000);
    expect(items.filter((item) => item.class === 1).length / 4000).toBeCloseTo(0.25, 1);
  });
});

describe('a distribution of measured values', () => {
  test.prop([fc.array(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 })])(
    'is right to 0.1 % however many values there are, and exact in its mean and maximum',
    (values) => {
      const many = new Distribution();
      const few = new Distribution();
      const COPIES = Math.ceil(17_000 / values.length);
      for (const value of values) {
        few.add(value);
        for (let copy = 0; copy < COPIES; copy++) many.add(value);
      }
      const sorted = values.toSorted((a, b) => a - b);
      expect(many.count).toBeGreaterThan(16_384);
      expect(many.summary.max).toBe(sorted.at(-1));
      expect(few.summary.max).toBe(sorted.at(-1));
      expect(Math.abs(many.mean! - few.mean!)).toBeLessThanOrEqual(1e-9 * Math.max(1, few.mean!));
      for (const part of [0.5, 0.9, 0.99]) {
        const exact = sorted[Math.ceil(part * sorted.length) - 1]!;
        const near = sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length))]!;
        const measured = many.quantile(part)!;
        expect(measured).toBeGreaterThanOrEqual(exact * 0.999);
        expect(measured).toBeLessThanOrEqual(near * 1.001);
      }
    },
  );

  test('of nothing has no figures', () => {
    expect(new Distribution().summary).toEqual({ mean: null, p50: null, p90: null, p99: null, max: null });
  });
});
