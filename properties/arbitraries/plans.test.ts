import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { readScenario } from '../../model/format/lines.ts';
import { scenarioText } from '../../model/format/write.ts';
import { exactConfigurations } from './configuration.ts';
import { type Plan, plans } from './plan.ts';

const drawn = fc.sample(plans('medium'), { seed: 1, numRuns: 4_000 });

const largest = (of: (config: Configuration) => number) => (plan: Plan) => of(plan.config);
const budgetOf = ({ tenants }: Configuration) => Math.max(0, ...tenants.map(({ budget }) => budget ?? 0));

describe('plans of medium size', () => {
  test('are of clusters that could be read from a file', () => {
    for (const { config } of drawn) {
      const text = scenarioText({ config, stimuli: [{ at: 0, stimulus: { type: 'boot' } }] });
      expect(readScenario(text.trimEnd().split('\n')).config).toEqual(config);
    }
  });

  test.each<[string, (plan: Plan) => number, number]>([
    ['more than four classes', largest(({ classes }) => classes.length), 5],
    ['more classes than half of the bits of a number', largest(({ classes }) => classes.length), 17],
    ['more than three attempts', largest(({ maxAttempts }) => maxAttempts), 4],
    ['more than nine attempts', largest(({ maxAttempts }) => maxAttempts), 10],
    ['more than three cores', largest(({ machines }) => machines[0]!.cores), 4],
    ['more than two tenants', largest(({ tenants }) => tenants.length), 3],
    ['more than three shards', largest(({ shards }) => shards), 4],
    ['polls of more than five machines', largest(({ kMachines }) => kMachines), 6],
    ['drifts of more than four MB', largest(({ idle }) => idle.memoryDrift), 5],
    ['more than 32 machines', largest(({ machines }) => machines.length), 33],
    ['budgets beyond 2^46 pico-cents', largest(budgetOf), 2 ** 46],
    ['as many steps as it takes to place 300', ({ genes }) => genes.length, 1_000],
    ['more than a hundred functions at the beginning', ({ habits }) => habits.crowd, 101],
    ['times that 32 bits do not hold', ({ habits }) => habits.startMs, 2 ** 32 - 9],
    ['pauses longer than a float counts', ({ habits }) => habits.longestPauseMs, 2 ** 24],
    ['ids near 2^31 and beyond', ({ habits }) => habits.ids.pivot, 2 ** 31],
  ])('have, now and then, %s', (_what, figure, least) => {
    const some = drawn.filter((plan) => figure(plan) >= least).length;
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(drawn.length / 3);
  });

  test('aim at something in about half of the runs', () => {
    const share = drawn.filter(({ habits }) => habits.aim !== null).length / drawn.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.7);
  });
});

describe('a purse to the pico-cent', () => {
  test('has a time at which both parts of its pace are fractions and their sum is what somebody has spent', () => {
    const configs = fc.sample(exactConfigurations('medium'), { seed: 1, numRuns: 300 });
    const meet = configs.filter(({ tenants: [tenant], classes, memoryPrice, initialMemory }) => {
      if (tenant === undefined || tenant.budget === null) return false;
      const { budget, period, burstPercent } = tenant;
      const rate = classes[0]!.price + memoryPrice * initialMemory;
      return Array.from({ length: period }, (_, ms) => ms).some((ms) => {
        const pace = budget * (100 * ms + burstPercent * period);
        const isFraction = (budget * ms) % period !== 0 && (budget * burstPercent) % 100 !== 0;
        return isFraction && pace % (100 * period) === 0 && (pace / (100 * period)) % rate === 0;
      });
    });
    expect(meet.length / configs.length).toBeGreaterThan(0.4);
  });
});
