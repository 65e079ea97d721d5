import { describe, expect, test } from 'vitest';
import type { Stimulus } from '../../model/alphabet.ts';
import { call, crash, finish, HIGH, join, LOW, resize, submit, turn } from '../../model/testing.ts';
import { referencePolicies } from '../../reference-impl/xx/policies.ts';
import { NONE } from '../../reference-impl/xx/state.ts';
import { type Fault, planted } from '../mutants/parts/planted.ts';
import { victimBy } from '../mutants/parts/victim.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { shrinkScenario } from './shrink.ts';
import { crowd, losesFromThe, newestFirstIf, one, scenarioOf, type Told } from './testing.ts';

/** A scenario of which most only fills something up, so that nothing can go unless something else goes with it. */
interface Padded extends Told {
  /** How many steps are enough, boot included. */
  readonly steps: number;
}

/** Whoever came first is killed for memory, if somebody must be. */
const killsTheOldest = (): Fault => ({
  policies: {
    exceedsMemory(state, machine) {
      const due = referencePolicies.exceedsMemory(state, machine) !== NONE;
      return due ? victimBy(state, machine, (a, b) => a.ticket - b.ticket) : NONE;
    },
  },
});

const many = (count: number, of: (index: number) => readonly (Stimulus | number)[]) =>
  Array.from({ length: count }, (_, index) => of(index)).flat();

/** So many of all classes are submitted to two shards, one a ms, and then placed. */
const mixed = (count: number): (Stimulus | number)[] => [
  ...many(count, (id) => [submit(id, HIGH - (id % 3), id % 2), 1]),
  ...many(count, (id) => [turn(id % 2), 1]),
];

const PADDED: readonly Padded[] = [
  {
    what: 'a crowd fills the RAM of a machine',
    fault: killsTheOldest,
    config: { ...one(41, 0), shards: 2 },
    stimuli: [...mixed(40), call(0, 40, LOW), turn(), submit(41, HIGH), turn()],
    steps: 5,
  },
  {
    what: 'a crowd fills its swap',
    fault: killsTheOldest,
    config: { ...one(1, 40), shards: 2 },
    stimuli: [...mixed(40), call(0, 40, LOW), turn(), submit(41, HIGH), turn()],
    steps: 5,
  },
  {
    what: 'each calls another, and waits in the way of the rest',
    fault: killsTheOldest,
    config: one(40, 20),
    stimuli: [
      ...crowd(30),
      ...many(30, (index) => [call(index, 30 + index, LOW), turn()]),
      submit(60, HIGH),
      turn(),
    ],
    steps: 5,
  },
  {
    what: 'a crowd has so much memory together as few large ones would have',
    fault: newestFirstIf(({ demand }) => demand >= 32),
    config: one(48, 0),
    stimuli: crowd(32),
    steps: 5,
  },
  {
    what: 'a crowd spends a budget to the last pico-cent',
    fault: () => ({
      policies: {
        admit: (spent, elapsedMs, budget) =>
          spent === budget.budget && spent > 0
            ? 'degraded'
            : referencePolicies.admit(spent, elapsedMs, budget),
      },
    }),
    config: {
      ...one(40, 0),
      memoryPrice: 1,
      tenants: [{ budget: 41, period: 10, burstPercent: 1_000 }],
    },
    stimuli: [...crowd(40), 1, submit(40, LOW)],
    steps: 4,
  },
  {
    what: 'some have grown, each by another amount',
    fault: newestFirstIf(({ demand }) => demand >= 32),
    config: { machines: [{ cores: 2, ram: 32, swap: 24 }] },
    stimuli: [...crowd(3), resize(0, 14), resize(1, 17)],
    steps: 5,
  },
  {
    what: 'one has shrunk before a machine is exactly full',
    fault: () => ({
      policies: {
        exceedsMemory(state, machine) {
          const full = machine.live >= 7 && machine.demand === machine.ram + machine.swap;
          return full ? machine.runnable[0]! : referencePolicies.exceedsMemory(state, machine);
        },
      },
    }),
    config: { ...one(4, 21), initialMemory: 4 },
    stimuli: [submit(0, LOW), turn(), resize(0, 1), ...many(6, (id) => [submit(id + 1, LOW), turn()])],
    steps: 15,
  },
  {
    what: 'a crowd takes memory that an antagonist may take',
    fault: () => ({
      policies: {
        exceedsMemory: (state, machine) =>
          machine.demand > machine.usableRam
            ? machine.runnable[0]!
            : referencePolicies.exceedsMemory(state, machine),
      },
    }),
    config: one(9, 9),
    stimuli: crowd(10),
    steps: 4,
  },
  {
    what: 'every newcomer changes the figures of an idle list',
    fault: losesFromThe(7, 'relist'),
    config: { ...one(20, 0), idle: { enter: 0, leave: 0, memoryDrift: 1, functionsDrift: 9 } },
    stimuli: crowd(7),
    steps: 8,
  },
  {
    what: 'some call others first, which end instead of them',
    fault: losesFromThe(6, 'complete'),
    stimuli: [...crowd(7), call(0, 7, LOW), turn(), call(1, 8, LOW), ...[2, 3, 4, 5, 6, 7].map(finish)],
    steps: 19,
  },
  {
    what: 'a machine joins in the place of one that crashed',
    fault: newestFirstIf(({ live }) => live > 6),
    config: one(1, 0),
    stimuli: [crash(0), join(0, 1, 20, 0), ...crowd(7)],
    steps: 15,
  },
  {
    what: 'a machine comes back to crash once more',
    fault: () => ({ policies: { triesAgain: (attempt, most) => attempt < Math.min(most, 2) } }),
    config: { ...one(1, 0), maxAttempts: 3 },
    stimuli: [submit(0, LOW), turn(), crash(0), join(0, 1, 1, 0), turn(), crash(0)],
    steps: 6,
  },
  {
    what: 'one is lost and placed again, where another may be placed',
    fault: losesFromThe(7, 'place'),
    config: { ...one(9, 0), maxAttempts: 9 },
    stimuli: [submit(0, LOW), turn(), ...many(6, () => [crash(0), join(0, 1, 9, 0), turn()])],
    steps: 15,
  },
];

describe('what only fills something up goes together with what it fills, when', () => {
  test.each(PADDED)('$what', async (padded) => {
    const contestant = { scheduler: planted('padded', padded.fault) };
    const scenario = scenarioOf(padded);
    const { finding } = playScenario(scenario, contestant, emptyCampaignTally());
    expect(finding?.step).toBe(scenario.stimuli.length);
    const { scenario: short, finding: same } = await shrinkScenario(scenario, finding!, contestant);
    expect(same.property).toBe(finding!.property);
    expect(short.stimuli.length).toBe(padded.steps);
  });
});
