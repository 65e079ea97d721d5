import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { Choices } from '../../model/explore/choices.ts';
import type { Expander, Explorable } from '../../model/explore/expander.ts';
import { type BoundedInstance, configurationOf, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { judgeLiveness } from '../../model/explore/liveness.ts';
import { Renaming } from '../../model/explore/renaming.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { type Exploration, search } from '../../model/explore/search.ts';
import { SymmetricExpander } from '../../model/explore/symmetric-expander.ts';
import { Judge } from '../../model/judge.ts';
import { ruleSetOf } from '../../model/rules/rule-set.ts';
import { PRESENCE, STAGE } from '../../model/snapshot.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { createExpander } from './expanders.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

const goOn = async () => true;
const NO_RULES = ruleSetOf([]);

/** An exploration with all names, and one without. */
async function both(instance: BoundedInstance, scheduler: string | null) {
  const subject = { instance, scheduler, properties: [] };
  const named = createExpander(subject);
  const renamed = createExpander({ ...subject, symmetry: true });
  return {
    named: await search(named, { goOn }),
    renamed: await search(renamed, { goOn }),
    ...{ namedBy: named, renamedBy: renamed },
  };
}

/** The canonical forms of all states of an exploration with the least depth of each, and how many states have these. */
function formsOf({ visited }: Exploration, { renaming, packing }: Expander) {
  const depths: number[] = [];
  const forms = new Map<string, number>();
  const form = new Int32Array(packing.words);
  let size = 0;
  for (let state = 0; state < visited.size; state++) {
    const parent = visited.parentOf(state);
    depths[state] = parent < 0 ? 1 : depths[parent]! + 1;
    const orbit = renaming!.orbit(visited.blockOf(state), visited.offsetOf(state), form);
    if (forms.has(form.join())) continue;
    forms.set(form.join(), depths[state]!);
    size += orbit;
  }
  return { forms: Object.fromEntries([...forms].sort()), size };
}

const instances = fc
  .record({
    invocations: fc.integer({ min: 1, max: 3 }),
    machines: fc.integer({ min: 1, max: 2 }),
    cores: fc.integer({ min: 1, max: 2 }),
    ram: fc.integer({ min: 2, max: 3 }),
    swap: fc.nat(2),
    maxDemand: fc.integer({ min: 1, max: 2 }),
    maxAge: fc.nat(1),
    shards: fc.integer({ min: 1, max: 2 }),
    calls: fc.boolean(),
    beside: fc.constantFrom<Partial<BoundedInstance>>(
      {},
      { crashes: 1, maxAttempts: 2 },
      { crashes: 1, joins: 1 },
      { drains: 1 },
      { restarts: 1 },
      { shrink: true },
      { antagonists: [0, 1] },
      { budget: { amount: 2, period: 2, burstPercent: 50 } },
      { paging: { chunk: 1, reserve: 1 } },
    ),
  })
  .map(({ beside, ...sizes }) => {
    const invocations = Object.keys(beside).length > 0 || sizes.shards > 1 ? 2 : sizes.invocations;
    const { joins = 0 } = beside;
    return {
      ...{ ...QUOTED_INSTANCE, ...sizes, ...beside, invocations },
      ...{ kMachines: sizes.machines + joins, kShards: sizes.shards },
    };
  });

describe('an exploration in which states that differ only in who is called what count as one', () => {
  property.prop([instances, fc.constantFrom('xx', null)], { numRuns: 10 })(
    'reaches exactly the forms of the states that are reached otherwise, each as early',
    async (instance, scheduler) => {
      const { named, renamed, renamedBy } = await both(instance, scheduler);
      const ofNamed = formsOf(named, renamedBy);
      const ofRenamed = formsOf(renamed, renamedBy);
      expect(ofRenamed.forms).toEqual(ofNamed.forms);
      expect(renamed.states).toBe(Object.keys(ofRenamed.forms).length);
      expect(ofRenamed.size).toBeGreaterThanOrEqual(named.states);
      expect([named.complete, renamed.complete]).toEqual([true, true]);
      expect(renamed.depth).toBeLessThanOrEqual(named.depth);
    },
  );

  property.prop([instances, fc.constantFrom('xx', null)], { numRuns: 6 })(
    'judges liveness alike, also where there are cycles',
    async (instance, scheduler) => {
      const cyclic = { ...instance, invocations: Math.min(2, instance.invocations), shrink: true };
      const { named, renamed, namedBy, renamedBy } = await both(cyclic, scheduler);
      const cluster = { ram: instance.ram, hasFaults: instance.antagonists !== undefined };
      const [one, other] = [
        judgeLiveness(namedBy, named, cluster),
        judgeLiveness(renamedBy, renamed, cluster),
      ];
      expect({ dead: other.deadEnds > 0, cycles: other.cycles > 0, fair: other.fairCycles > 0 }).toEqual({
        ...{ dead: one.deadEnds > 0, cycles: one.cycles > 0, fair: one.fairCycles > 0 },
      });
    },
  );

  const CRASHES = {
    ...QUOTED_INSTANCE,
    maxDemand: 1,
    maxAge: 0,
    enter: 9,
    leave: 9,
    crashes: 1,
    maxAttempts: 2,
  };

  test.each([
    ['two of three that a crash takes down wait for one elsewhere', CRASHES],
    ['a machine joins after a crash', { ...CRASHES, machines: 1, kMachines: 1, joins: 1 }],
    ['a crash returns to one of two shards', { ...CRASHES, invocations: 2, shards: 2, kShards: 2 }],
    ['a shard restarts', { ...QUOTED_INSTANCE, invocations: 2, shards: 2, kShards: 2, restarts: 1 }],
    ['some of many are polled', { ...QUOTED_INSTANCE, invocations: 2, shards: 2, kMachines: 1 }],
  ])('leads to the same forms from every state by other names, where %s', async (_, instance) => {
    for (const scheduler of ['xx', null]) {
      const behind = createExpander({ instance, scheduler, properties: [] });
      const renaming = new Renaming(instance, behind.packing, { machinesAndShards: scheduler === null });
      const { complete } = await search(new SymmetricExpander(behind, renaming, 1), { goOn });
      expect(complete).toBe(true);
    }
  });

  const WRONG = ['lifo-within-a-class', 'kills-the-largest', 'never-preempts', 'old-age-beats-class'];

  property.prop([instances, fc.constantFrom(...WRONG)], { numRuns: 6 })(
    'finds what is wrong with a scheduler by as short a path, with real names, that the judge refuses alike',
    async (instance, scheduler) => {
      const { named, renamed } = await both(instance, scheduler);
      expect(renamed.counterexample?.steps.length).toBe(named.counterexample?.steps.length);
      if (renamed.counterexample === null) return;
      const { steps, wrong } = renamed.counterexample;
      const judge = new Judge(configurationOf(instance));
      const verdicts = steps.map(({ at, stimulus, decisions }) => judge.step(at, stimulus, decisions));
      expect(verdicts.pop()?.rule).toBe(wrong.rule);
      expect(verdicts.filter((verdict) => verdict !== null)).toEqual([]);
    },
  );
});

describe('the canonical form of a state', () => {
  const instance = {
    ...{ ...QUOTED_INSTANCE, invocations: 3, maxDemand: 1, maxAge: 0, calls: true, crashes: 1, joins: 1 },
    ...{ shards: 2, kMachines: 3, kShards: 2 },
  };
  const subject = { instance, scheduler: 'xx', properties: [] };
  const explored = search(createExpander(subject), { goOn: async ({ states }) => states < 2000 });
  const permutationOf = (length: number) =>
    fc.shuffledSubarray(
      Array.from({ length }, (_, index) => index),
      { minLength: length },
    );

  property.prop([
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    permutationOf(3),
    permutationOf(2),
    permutationOf(2),
  ])(
    'is the same by whatever names, is one of its own forms, and counts as many states as there are names for it',
    async (where, ids, machines, shards) => {
      const { visited } = await explored;
      const packing = createExpander(subject).packing;
      const renaming = new Renaming(instance, packing, { machinesAndShards: true });
      const state = Math.floor(where * visited.size);
      const words = visited.copy(state, state + 1);
      const snapshot = packing.blank();
      packing.unpack(words, 0, snapshot);
      const used = snapshot.invocations.filter(({ stage }) => stage !== STAGE.unused).length;
      const present = snapshot.machines.filter(({ presence }) => presence !== PRESENCE.absent).length;
      const naming = {
        invocations: Int32Array.from([...ids.filter((id) => id < used), ...[0, 1, 2].slice(used)]),
        machines: Int32Array.from(present === 2 ? [...machines, 2] : [0, 1, 2]),
        shards: Int32Array.from(shards),
      };
      const [form, other, again] = [0, 1, 2].map(() => new Int32Array(packing.words)) as [
        Int32Array,
        Int32Array,
        Int32Array,
      ];
      const renamed = new Int32Array(packing.words);
      packing.rename(words, 0, naming, renamed);
      renaming.canonize(words, 0, form);
      renaming.canonize(renamed, 0, other);
      renaming.canonize(form, 0, again);
      expect(other).toEqual(form);
      expect(again).toEqual(form);
      const orbit = renaming.orbit(words, 0, again);
      expect(Number.isInteger(orbit) && orbit > 0 && orbit <= 6 * 6 * 2).toBe(true);
      expect(orbit === 1 && form.join() !== renamed.join()).toBe(false);
    },
  );
});

describe('the fairness of a run in which names change', () => {
  test('is that of whom they stand for, where two take turns in the same forms', async () => {
    const instance = { ...QUOTED_INSTANCE, invocations: 2, machines: 1, kMachines: 1, shrink: true, swap: 2 };
    const xx = createXX();
    const expanderOf = () =>
      new SchedulerExpander(
        instance,
        { reset: (c) => xx.reset(c), load: (s) => xx.load!(s), step: (at, s) => xx.step(at, s) },
        new Choices(),
      );
    const named = expanderOf();
    const renamed = new SymmetricExpander(
      expanderOf(),
      new Renaming(instance, named.packing, { machinesAndShards: false }),
    );
    const cluster = { ram: instance.ram, hasFaults: false };
    const one = judgeLiveness(named, await search(named, { goOn }), cluster);
    const other = judgeLiveness(renamed, await search(renamed, { goOn }), cluster);
    expect(one.cycles).toBeGreaterThan(0);
    expect(other).toMatchObject({ deadEnds: one.deadEnds, fairCycles: 0 });
  });

  test('is missed where a turn may pass by whoever waits, by whatever name', async () => {
    const instance = { ...QUOTED_INSTANCE, machines: 1, kMachines: 1, maxDemand: 1, maxAge: 0 };
    const expanderOf = () => {
      const xx = createXX();
      let classes: readonly number[] = [];
      const passesByTheLow: Explorable = {
        reset: (configuration) => xx.reset(configuration),
        load(snapshot) {
          classes = snapshot.invocations.map((invocation) => invocation.class);
          xx.load!(snapshot);
        },
        step(at, stimulus) {
          const decisions = xx.step(at, stimulus);
          return decisions.some((decision) => decision.type === 'place' && classes[decision.id] === 0)
            ? []
            : decisions;
        },
      };
      return new SchedulerExpander(instance, passesByTheLow, new Choices(), () => null, undefined, NO_RULES);
    };
    const named = expanderOf();
    const renaming = new Renaming(instance, named.packing, { machinesAndShards: false });
    const renamed = new SymmetricExpander(expanderOf(), renaming);
    const cluster = { ram: instance.ram, hasFaults: false };
    const one = judgeLiveness(named, await search(named, { goOn }), cluster);
    const other = judgeLiveness(renamed, await search(renamed, { goOn }), cluster);
    expect(one.fairCycles).toBeGreaterThan(0);
    expect(other.fairCycles).toBeGreaterThan(0);
    expect(other.fairCycles).toBeLessThan(one.fairCycles);
  });
});

describe('xx check --symmetry', () => {
  test('says how many states stand for how many, in lines of at most 80 columns', async () => {
    const { code, out } = await ask(main, 'check', '--symmetry', '--workers', '1', '--out', directory);
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toMatch(
      /by symmetry these [\d,]+ states stand for [\d,]+, all that differ/,
    );
    expect(linesTooWide(out)).toEqual([]);
  });

  test('writes a counterexample that is played again', async () => {
    const wrong = ['--scheduler', 'lifo-within-a-class', '--symmetry', '--workers', '1', '--out', directory];
    const { code, out } = await ask(main, 'check', ...wrong, '--json');
    expect(code).toBe(1);
    const [{ file, rule, length }] = JSON.parse(out).violations;
    const again = await ask(main, 'replay', file, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ results: [{ reproduced: true, rule, step: length }] });
  });

  test.each([
    [['--graph', join(directory, 'graph')], /^xx: --symmetry: a graph names everybody/],
    [['--reach', 'invocation 0 is queued'], /^xx: --symmetry: a query may name somebody/],
  ])('is refused beside %j, in one line', async (options, message) => {
    const { code, err } = await ask(main, 'check', '--symmetry', ...options);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test('refuses a scheduler to which ids are more than names', async () => {
    const instance = { ...QUOTED_INSTANCE, machines: 1, kMachines: 1 };
    const xx = createXX();
    // It does not answer to what becomes of the first, and no rule asks it to.
    const partial = {
      reset: (c: Parameters<typeof xx.reset>[0]) => xx.reset(c),
      load: (s: Parameters<NonNullable<typeof xx.load>>[0]) => xx.load!(s),
      step(at: number, stimulus: Parameters<typeof xx.step>[1]) {
        const decisions = xx.step(at, stimulus);
        if (stimulus.type === 'resize' && stimulus.id === 0) decisions.length = 0;
        return decisions;
      },
    };
    const behind = new SchedulerExpander(instance, partial, new Choices(), () => null, undefined, NO_RULES);
    const renaming = new Renaming(instance, behind.packing, { machinesAndShards: false });
    await expect(search(new SymmetricExpander(behind, renaming), { goOn })).rejects.toThrow(
      /decides by the ids of invocations/,
    );
  });
});
