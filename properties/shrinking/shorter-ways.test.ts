import { describe, expect, test } from 'vitest';
import type { Stimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import type { State } from '../../model/state.ts';
import { call, cluster, finish, HIGH, LOW, resize, submit, turn } from '../../model/testing.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { MUTANTS } from '../mutants/index.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { shorterWays } from './shorter-ways.ts';
import { shrinkScenario } from './shrink.ts';
import { stateKey } from './state-key.ts';

const CONFIG = cluster({
  machines: [{ cores: 1, ram: 4, swap: 2 }],
  idle: { enter: 2, leave: 1, memoryDrift: 1, functionsDrift: 1 },
});

const TURN = turn();

function scenarioOf(stimuli: readonly Stimulus[], config: Partial<Configuration> = {}): Scenario {
  const all: Stimulus[] = [{ type: 'boot' }, ...stimuli];
  return { config: { ...CONFIG, ...config }, stimuli: all.map((stimulus) => ({ at: 0, stimulus })) };
}

function stateAfter(...stimuli: Stimulus[]): State {
  return playScenario(scenarioOf(stimuli), { scheduler: createXX() }, emptyCampaignTally()).state;
}

describe('shorter ways', () => {
  test('lead out of a scenario of which nothing can be left out, and no number be lower', async () => {
    const { rule, create } = MUTANTS.find(({ name }) => name === 'leaves-a-mb-of-ram-free')!;
    const contestant = { scheduler: create() };
    const stuck = scenarioOf([submit(0, LOW), submit(1, HIGH), TURN, TURN, call(1, 2, LOW)], {
      machines: [{ cores: 1, ram: 2, swap: 0 }],
      idle: { enter: 0, leave: 0, memoryDrift: 1, functionsDrift: 1 },
    });
    const { finding } = playScenario(stuck, contestant, emptyCampaignTally());
    expect(finding?.property).toBe(rule);
    const { scenario } = await shrinkScenario(stuck, finding!, contestant);
    expect(scenario.stimuli.map(({ stimulus }) => stimulus.type)).toEqual(['boot', 'submit', 'turn']);
  });

  test('are possible from beginning to end, in many clusters, and up to one step shorter', () => {
    const scenario = scenarioOf([submit(0, LOW), TURN, submit(1, HIGH), TURN]);
    const ways = shorterWays(scenario);
    const led = new Map<string, Set<string>>();
    const lengths: number[] = [];
    let next = ways.next();
    while (!next.done) {
      const { config, stimuli } = next.value;
      lengths.push(stimuli.length);
      const run = playScenario(next.value, { scheduler: createXX() }, emptyCampaignTally());
      expect(run.finding).toBeNull();
      expect(run.scenario.stimuli).toEqual(stimuli);
      const cluster = JSON.stringify(config);
      const keys = led.get(cluster) ?? new Set();
      led.set(cluster, keys.add(stateKey(run.state)));
      next = ways.next(run);
    }
    expect(Math.max(...lengths)).toBe(scenario.stimuli.length - 1);
    expect(led.size).toBeGreaterThan(5);
    for (const keys of led.values()) expect(keys.size).toBeGreaterThan(5);
  });

  test('are none for a long scenario: there are too many', () => {
    const long = scenarioOf(Array.from({ length: 20 }, (_, id) => submit(id, LOW)));
    expect(shorterWays(long).next().done).toBe(true);
  });
});

describe('the key of a state', () => {
  test('is the same whatever those are called that live, and whoever has ended', () => {
    expect(stateKey(stateAfter(submit(0, LOW), TURN, finish(0), submit(1, LOW), TURN))).toBe(
      stateKey(stateAfter(submit(7, LOW), TURN)),
    );
  });

  test.each<[what: string, one: Stimulus[], other: Stimulus[]]>([
    ['a place', [submit(0, LOW)], [submit(0, LOW), TURN]],
    ['a class', [submit(0, LOW)], [submit(0, HIGH)]],
    ['memory', [submit(0, LOW), TURN], [submit(0, LOW), TURN, resize(0, 2)]],
    [
      'an order',
      [submit(0, LOW), submit(1, HIGH), TURN, TURN],
      [submit(0, LOW), TURN, submit(1, HIGH), TURN],
    ],
    ['an antagonist', [], [{ type: 'antagonist', machine: 0, memory: 1 }]],
  ])('tells %s apart', (_what, one, other) => {
    expect(stateKey(stateAfter(...one))).not.toBe(stateKey(stateAfter(...other)));
  });

  test('tells apart who waits for whom', () => {
    const key = (first: number, second: number): string => {
      const calls = [call(first, 2, LOW), call(second, 3, LOW)];
      const scenario = scenarioOf([submit(0, LOW), submit(1, LOW), TURN, TURN, ...calls], {
        machines: [{ cores: 2, ram: 4, swap: 2 }],
      });
      return stateKey(playScenario(scenario, { scheduler: createXX() }, emptyCampaignTally()).state);
    };
    expect(key(0, 1)).not.toBe(key(1, 0));
  });
});
