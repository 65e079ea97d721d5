import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { type AimName, aimingAt } from '../../arbitraries/habits.ts';
import { type Plan, plans } from '../../arbitraries/plan.ts';
import { type BoundaryId, CROSSINGS } from '../../goals/boundaries/table.ts';
import { playPlan } from '../run.ts';
import { emptyCampaignTally } from '../tally.ts';
import { AIMS, aimOf } from './index.ts';

const drawn = fc.sample(plans('medium'), { seed: 3, numRuns: 200 });
const usual = drawn.filter(({ genes, habits }) => genes.length < 150 && habits.crowd === 0).slice(0, 60);

/** How often the reference comes to boundaries in these runs, of which each has such an aim, or none. */
function met(of: readonly Plan[], aim: AimName | null, boundaries: readonly BoundaryId[]): number {
  const tally = emptyCampaignTally();
  for (const plan of of) {
    const habits = aim === null ? { ...plan.habits, aim } : aimingAt(plan.habits, aim, 6);
    const { finding } = playPlan({ ...plan, habits }, { scheduler: createXX() }, tally);
    expect(finding).toBeNull();
  }
  return CROSSINGS.filter(({ name }) => boundaries.some((id) => name.startsWith(`${id}: `))).reduce(
    (sum, { counter }) => sum + tally.boundaries[counter]!,
    0,
  );
}

/** Clusters of which few are, with much of what an aim needs. */
const crashing = usual.map((plan) => ({ ...plan, config: { ...plan.config, maxAttempts: 5 } }));
const brimful = usual.slice(0, 40).map(({ config, ...plan }) => ({
  ...plan,
  config: {
    ...config,
    machines: config.machines.slice(0, 1).map((size) => ({ ...size, ram: Number.MAX_SAFE_INTEGER })),
  },
}));
const shared = usual.map(({ config, ...plan }) => ({
  ...plan,
  config: {
    ...config,
    classes: [1, 2, 3].map((price) => ({ name: `c${price}`, price })),
    machines: [{ cores: 2, ram: 14, swap: 56 }],
  },
}));
const inARow = usual.slice(0, 60).map(({ config, ...plan }) => ({
  ...plan,
  config: {
    ...config,
    shards: 1,
    machines: Array.from({ length: 8 }, () => ({ cores: 2, ram: 40, swap: 4 })),
    idle: { enter: 2, leave: 1, memoryDrift: 9, functionsDrift: 1 },
  },
}));

describe('an aim', () => {
  test.each<[AimName, readonly Plan[], readonly BoundaryId[]]>([
    ['money', usual, ['spent-against-pace', 'spent-against-budget', 'time-against-period']],
    ['heads', usual, ['heads-against-each-other']],
    ['calls', usual, ['asked-against-inherited-class']],
    ['attempts', crashing, ['attempts-against-many']],
    ['demands', usual, ['demand-against-ram', 'demand-against-ram-and-swap', 'one-against-most']],
    ['antagonists', usual, ['blocked-against-ram', 'second-largest-against-ram']],
    ['room', shared, ['demand-against-room', 'demand-against-room-after-shrink']],
    [
      'thresholds',
      usual,
      ['available-against-enter', 'available-against-leave', 'lost-against-memory-drift'],
    ],
    ['long-lists', inARow, ['available-against-leave']],
    ['brim', brimful, ['demand-against-safe-integers']],
  ])('comes more often to its boundaries than a run without: %s', (aim, of, boundaries) => {
    expect(met(of, aim, boundaries)).toBeGreaterThan(1.3 * met(of, null, boundaries));
  });

  test('is chosen among those that a cluster is good for, by its name or by lot', () => {
    const { config } = usual[0]!;
    expect(new Set(AIMS.map(({ name }) => name)).size).toBe(AIMS.length);
    for (const aim of AIMS) {
      const chosen = aimOf(config, { name: aim.name, lot: 0, zeal: 4 });
      if (aim.suits(config) !== 'not') expect(chosen).toBe(aim);
      else expect(chosen?.suits(config)).not.toBe('not');
    }
    const lots = Array.from({ length: 400 }, (_, lot) => lot);
    const byLot = new Set(lots.map((lot) => aimOf(config, { name: null, lot, zeal: 4 })?.name));
    expect(byLot.size).toBeGreaterThan(4);
  });
});
