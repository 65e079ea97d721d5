import type { Scenario } from '../../model/configuration.ts';
import { sumOf } from './knobs.ts';

/**
 * How large a scenario is, the weightiest first: its stimuli; its machines, classes, shards, tenants and budgets; its
 * calls, which are harder to follow than submissions; the sum of its numbers.
 */
export type ScenarioSize = readonly [stimuli: number, parts: number, calls: number, amounts: bigint];

export function sizeOf(scenario: Scenario): ScenarioSize {
  const { config, stimuli } = scenario;
  const { machines, classes, shards, tenants } = config;
  const budgets = tenants.filter(({ budget }) => budget !== null).length;
  const calls = stimuli.filter(({ stimulus }) => stimulus.type === 'call').length;
  return [
    stimuli.length,
    machines.length + classes.length + shards + tenants.length + budgets,
    calls,
    sumOf(scenario),
  ];
}

export function isSmaller(one: ScenarioSize, other: ScenarioSize): boolean {
  for (let index = 0; index < one.length; index++) {
    if (one[index] !== other[index]) return one[index]! < other[index]!;
  }
  return false;
}
