import { expect, test } from 'vitest';
import type { Scenario } from '../../model/configuration.ts';
import { narrowed } from '../../model/parts.ts';
import { boot, cluster } from '../../model/testing.ts';
import { knobsOf, makesSense } from './knobs.ts';

const scenario: Scenario = {
  config: narrowed(cluster(), ['swap']),
  stimuli: [{ at: 0, stimulus: boot }],
};

/** The scenario with one MB of swap on its first machine. */
function withSwap(one: Scenario): Scenario {
  const [first, ...rest] = one.config.machines;
  return { ...one, config: { ...one.config, machines: [{ ...first!, swap: 1 }, ...rest] } };
}

test('a shorter scenario has no swap where swap is left out', () => {
  expect(makesSense(scenario)).toBe(true);
  expect(makesSense(withSwap(scenario))).toBe(false);
  const tried = knobsOf(scenario).map((knob) => knob.turn(scenario, knob.value + 1));
  expect(tried.filter((candidate) => candidate.config.machines.some(({ swap }) => swap > 0))).not.toEqual([]);
});

test('it may have some where swap is there', () => {
  expect(makesSense(withSwap({ ...scenario, config: cluster() }))).toBe(true);
});
