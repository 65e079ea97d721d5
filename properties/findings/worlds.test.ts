import { expect, test } from 'vitest';
import type { Scenario } from '../../model/configuration.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { equalMachines, isOfWorld, smallCluster, type World, wander } from './worlds.ts';

const WORLD: World = {
  config: smallCluster(),
  weights: { arrival: 3, finish: 1, grow: 2, call: 1, time: 1 },
  mostDemandMb: 3,
  steps: 40,
};

const wandered = (seed: number, world = WORLD): Scenario => wander(world, seed, createScheduler('xx'));

test('the same seed draws the same scenario, another one another', () => {
  expect(wandered(1)).toEqual(wandered(1));
  expect(wandered(2)).not.toEqual(wandered(1));
});

test('everything happens that a world names, and nothing else', () => {
  const types = new Set(
    [1, 2, 3].flatMap((seed) => wandered(seed).stimuli.map(({ stimulus }) => stimulus.type)),
  );
  expect([...types].toSorted()).toEqual(['boot', 'call', 'finish', 'resize', 'submit', 'tick', 'turn']);
});

test('demands stay within what a world names', () => {
  const demands = wandered(1).stimuli.flatMap(({ stimulus }) =>
    stimulus.type === 'resize' ? [stimulus.demand] : [],
  );
  expect(demands.length).toBeGreaterThan(3);
  expect(Math.max(...demands)).toBe(3);
});

test('what was drawn is of its world; other classes, stimuli, thresholds, polls or too little memory are not', () => {
  const scenario = wandered(1);
  const { config, stimuli } = scenario;
  const withConfig = (changes: Partial<Scenario['config']>): Scenario => ({
    config: { ...config, ...changes },
    stimuli,
  });
  expect(isOfWorld(scenario, WORLD)).toBe(true);
  expect(isOfWorld(scenario, { ...WORLD, leastRamMb: 7 })).toBe(false);
  expect(isOfWorld(scenario, { ...WORLD, weights: { arrival: 1 } })).toBe(false);
  expect(isOfWorld(withConfig({ classes: config.classes.slice(1) }), WORLD)).toBe(false);
  expect(isOfWorld(withConfig({ shards: 2 }), WORLD)).toBe(false);
  expect(isOfWorld(withConfig({ kMachines: 1 }), WORLD)).toBe(false);
  expect(isOfWorld(withConfig({ idle: { ...config.idle, enter: 1 } }), WORLD)).toBe(false);
  expect(isOfWorld(withConfig({ machines: equalMachines(1, 1, 2, 0) }), WORLD)).toBe(true);
});
