import { describe, expect, test } from 'vitest';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { antagonist, call, crash, finish, HIGH, join, LOW, submit, turn } from '../../model/testing.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { referencePolicies } from '../../reference-impl/xx/policies.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { planted } from '../mutants/parts/planted.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { withoutBudgets } from './budgets.ts';
import { withoutComings } from './comings.ts';
import { withOneInstead } from './exchanges.ts';
import { withoutFamilies } from './families.ts';
import { focused } from './focus.ts';
import type { Decided } from './lives.ts';
import { withMachinesMerged } from './merging.ts';
import { withFewerCalls } from './reductions.ts';
import { withoutSizes } from './sizes.ts';
import { crowd, losesFromThe, newestFirstIf, one, scenarioOf, type Told } from './testing.ts';

type Pass = (scenario: Scenario, decided: Decided) => Generator<Scenario>;

interface Case extends Told {
  readonly pass: Pass;
  /** What one candidate is, in which the same fails: so many steps in a cluster with these. */
  readonly candidate: { readonly steps: number } & Partial<Configuration>;
}

const CASES: readonly Case[] = [
  {
    what: 'half of a crowd, and the RAM that it fills',
    pass: withoutFamilies,
    fault: newestFirstIf(({ live, demand, usableRam }) => live > 2 && demand === usableRam),
    config: one(40, 0),
    stimuli: crowd(40),
    candidate: { steps: 41, ...one(20, 0), initialMemory: 1 },
  },
  {
    what: 'half of a crowd, and as much swap, though it is in RAM',
    pass: withoutFamilies,
    fault: newestFirstIf(({ demand, usableRam, swap }) => usableRam === 40 && demand === swap),
    config: one(40, 40),
    stimuli: crowd(40),
    candidate: { steps: 41, ...one(40, 20), initialMemory: 1 },
  },
  {
    what: 'half of a crowd, and what it has of RAM and of swap',
    pass: withoutFamilies,
    fault: newestFirstIf(({ demand, ram, swap }) => ram === swap && demand === ram + swap),
    config: one(20, 20),
    stimuli: [
      ...Array.from({ length: 40 }, (_, id) => submit(id, id % 2 === 0 ? LOW : HIGH)),
      ...crowd(40).slice(40),
    ],
    candidate: { steps: 41, ...one(10, 10), initialMemory: 1 },
  },
  {
    what: 'half of a crowd, and half of the budget that it spends',
    pass: withoutFamilies,
    fault: () => ({
      policies: {
        admit: (spent, elapsedMs, budget) =>
          spent === budget.budget ? 'degraded' : referencePolicies.admit(spent, elapsedMs, budget),
      },
    }),
    config: {
      machines: [{ cores: 40, ram: 40, swap: 0 }],
      tenants: [{ budget: 40, period: 10, burstPercent: 1_000 }],
    },
    stimuli: [...crowd(40), 1, submit(40, LOW)],
    candidate: { steps: 42, tenants: [{ budget: 20, period: 10, burstPercent: 1_000 }], initialMemory: 1 },
  },
  {
    what: 'a crash and the joining of a larger machine, which is there from the beginning',
    pass: withoutComings,
    fault: newestFirstIf(({ live }) => live > 2),
    config: one(1, 0),
    stimuli: [crash(0), join(0, 1, 20, 0), ...crowd(3)],
    candidate: { steps: 7, ...one(20, 0) },
  },
  {
    what: 'a joining, with another machine instead',
    pass: withoutComings,
    fault: newestFirstIf(({ live }) => live > 2),
    config: one(1, 0),
    stimuli: [crash(0), join(0, 1, 20, 0), ...crowd(3)],
    candidate: { steps: 8, machines: [...one(1, 0).machines, ...one(20, 0).machines] },
  },
  {
    what: 'a crash, the turn that places again whom it took down, and an attempt',
    pass: withoutComings,
    fault: newestFirstIf(({ live }) => live > 2),
    config: { ...one(20, 0), maxAttempts: 2 },
    stimuli: [
      ...[...crowd(1), crash(0), join(0, 1, 20, 0), turn()],
      ...[1, 2].flatMap((id) => [submit(id, LOW), turn()]),
    ],
    candidate: { steps: 7, maxAttempts: 1 },
  },
  {
    what: 'a crash and a joining, with a newcomer to place instead of whom it took down',
    pass: withoutComings,
    fault: losesFromThe(2, 'place'),
    config: { ...one(20, 0), maxAttempts: 2 },
    stimuli: [submit(0, LOW), turn(), crash(0), join(0, 1, 20, 0), turn()],
    candidate: { steps: 5 },
  },
  {
    what: 'machines that nothing happens on, where three have to be polled',
    pass: focused,
    fault: () => ({
      policies: {
        choosePolled: (state, polled, slot) =>
          polled.length > 2 ? polled.at(-1)! : referencePolicies.choosePolled(state, polled, slot, 1),
      },
    }),
    config: { machines: Array.from({ length: 6 }, () => one(9, 0).machines[0]!), kMachines: 6 },
    stimuli: crowd(2),
    candidate: { steps: 5, machines: Array.from({ length: 3 }, () => one(9, 0).machines[0]!) },
  },
  {
    what: 'the machine of a callee, for which its caller goes on waiting',
    pass: focused,
    fault: newestFirstIf(({ blocked, live }) => blocked.length > 0 && live > 2),
    config: { machines: [...one(8, 0).machines, ...one(9, 0).machines], kMachines: 2 },
    stimuli: [
      ...crowd(1),
      ...[call(0, 1, LOW), turn()],
      ...[2, 3, 4].flatMap((id) => [submit(id, LOW), turn()]),
    ],
    candidate: { steps: 8, ...one(8, 0), shards: 2 },
  },
  {
    what: 'one that made the others be swapped, with an antagonist that takes all RAM instead',
    pass: withOneInstead,
    fault: () => ({
      policies: {
        pageOutOrder(state, machine, slots) {
          referencePolicies.pageOutOrder(state, machine, slots);
          slots.reverse();
        },
      },
    }),
    config: one(2, 1),
    stimuli: [submit(0, LOW), turn(), submit(1, LOW), turn(), submit(2, LOW), turn()],
    candidate: { steps: 6, ...one(2, 3) },
  },
  {
    what: 'budgets, where everybody asks for the class that it got',
    pass: withoutBudgets,
    fault: newestFirstIf(() => true),
    config: {
      machines: [{ cores: 2, ram: 9, swap: 0 }],
      tenants: [{ budget: 10, period: 1_000, burstPercent: 0 }],
    },
    stimuli: [submit(0, HIGH), turn(), 1, submit(1, HIGH), submit(2, HIGH), turn(), turn()],
    candidate: { steps: 7, tenants: [{ budget: null }] },
  },
  {
    what: 'an end, on a machine with another core and more memory',
    pass: withoutSizes,
    fault: losesFromThe(2, 'place'),
    config: one(3, 0),
    stimuli: [submit(0, LOW), turn(), finish(0), submit(1, LOW), turn()],
    candidate: { steps: 5, machines: [{ cores: 2, ram: 4, swap: 0 }] },
  },
  {
    what: 'an antagonist, on a machine that has as much less RAM',
    pass: withoutSizes,
    fault: newestFirstIf(({ demand, usableRam }) => demand === usableRam),
    config: one(9, 0),
    stimuli: [antagonist(0, 6), ...crowd(3)],
    candidate: { steps: 7, ...one(3, 0) },
  },
];

/** What a scheduler decides in all of a scenario. */
function decidedBy(scheduler: Scheduler, { config, stimuli }: Scenario): Decided {
  scheduler.reset(config);
  return stimuli.map(({ at, stimulus }) => scheduler.step(at, stimulus));
}

describe('in a scenario that goes on failing, there can be taken out', () => {
  test.each(CASES)('$what', ({ fault, pass, candidate, ...told }) => {
    const scheduler = planted('faulty', fault);
    const play = (scenario: Scenario) => playScenario(scenario, { scheduler }, emptyCampaignTally());
    const scenario = scenarioOf({ fault, ...told });
    const { finding } = play(scenario);
    expect(finding?.step).toBe(scenario.stimuli.length);
    const failing = [...pass(scenario, decidedBy(scheduler, scenario))]
      .map(play)
      .filter((run) => run.finding?.property === finding!.property)
      .map((run) => ({ ...run.scenario.config, steps: run.scenario.stimuli.length }));
    expect(failing).toContainEqual(expect.objectContaining(candidate));
  });
});

test('a call becomes a submission, of the class that it inherits down its chain or of the one that it asks for', () => {
  const scenario = scenarioOf({
    what: 'a chain of three',
    fault: () => ({}),
    config: {},
    stimuli: [submit(0, HIGH), turn(), call(0, 1, LOW), turn(), call(1, 2, LOW)],
  });
  const submitted = [...withFewerCalls(scenario)].map(({ stimuli }) =>
    stimuli.flatMap(({ stimulus }) => (stimulus.type === 'submit' ? [[stimulus.id, stimulus.class]] : [])),
  );
  const root = [0, HIGH];
  expect(submitted).toEqual([
    [root, [1, HIGH]],
    [root, [1, LOW]],
    [root, [2, HIGH]],
    [root, [2, LOW]],
  ]);
});

describe('merged machines', () => {
  const scenario = scenarioOf({
    what: 'two on each of three machines',
    fault: () => ({}),
    config: { machines: [one(2, 1), one(3, 2), one(4, 3)].flatMap(({ machines }) => machines), kMachines: 3 },
    stimuli: [...crowd(6), antagonist(1, 1), antagonist(2, 2)],
  });
  const reference = createXX();
  const candidates = [...withMachinesMerged(scenario, decidedBy(reference, scenario))];
  const merged = candidates.filter(({ config }) => config.machines.length === 1);

  test('have the memory of all, or a MB less than is wanted, and everybody is placed there', () => {
    expect(merged.map(({ config }) => config.machines[0])).toEqual(
      Array.from({ length: 3 }, () => [
        { cores: 1, ram: 9, swap: 6 },
        { cores: 1, ram: 5, swap: 0 },
      ]).flat(),
    );
    const { state } = playScenario(merged[0]!, { scheduler: reference }, emptyCampaignTally());
    expect(state.machines.map(({ live }) => live.length)).toEqual([6]);
  });

  test('keep what happens to the one that stays, and to no other', () => {
    const happens = merged.map(({ stimuli }) =>
      stimuli.flatMap(({ stimulus }) => (stimulus.type === 'antagonist' ? [stimulus] : [])),
    );
    const [none, first, second] = [[], [antagonist(0, 1)], [antagonist(0, 2)]];
    expect(happens).toEqual([none, none, first, first, second, second]);
  });

  test('may be two of several', () => {
    const pairs = candidates.filter(({ config }) => config.machines.length === 2);
    expect(pairs).toHaveLength(6);
    for (const { config } of pairs) {
      expect(config.machines.reduce((sum, { ram }) => sum + ram, 0)).toBe(9);
    }
  });
});
