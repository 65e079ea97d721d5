import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Decision, Stimulus } from '../../model/alphabet.ts';
import { Choices } from '../../model/explore/choices.ts';
import type { Explorable } from '../../model/explore/expander.ts';
import {
  type BoundedInstance,
  hasFaults,
  machinesIn,
  QUOTED_INSTANCE,
} from '../../model/explore/instance.ts';
import { judgeLiveness } from '../../model/explore/liveness.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { search } from '../../model/explore/search.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { readRecord } from '../records/record.ts';
import { check } from './check.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

const world = { nowMs: () => 0, interrupted: () => false, onProgress: () => {} };
const SMALL: BoundedInstance = { ...QUOTED_INSTANCE, invocations: 2, machines: 1 };

function instanceOf(bounds: Partial<BoundedInstance>): BoundedInstance {
  const instance = { ...SMALL, ...bounds };
  return { ...instance, kMachines: machinesIn(instance), kShards: instance.shards };
}

function explore(bounds: Partial<BoundedInstance>, scheduler: string | null = 'xx') {
  const instance = instanceOf(bounds);
  return check({ instance, scheduler, properties: [], workers: 1, out: directory }, world);
}

describe('a wrong scheduler that shows only where something goes wrong', () => {
  test.each<[string, Partial<BoundedInstance>, Partial<BoundedInstance>, string, number]>([
    ['crashes-are-final', {}, { crashes: 1, maxAttempts: 2 }, 'admit', 4],
    ['a-drain-kills', { machines: 2 }, { machines: 2, drains: 1 }, 'kill-iff', 4],
    ['joins-a-step-late', { drains: 1 }, { drains: 1, joins: 1 }, 'idle-list-true', 2],
    ['the-list-survives-a-restart', {}, { restarts: 1 }, 'idle-list-true', 2],
    ['kills-in-spite-of-the-antagonist', {}, { antagonists: [0, 2] }, 'kill-iff', 8],
    ['refreshes-when-memory-shrinks-only', {}, { shrink: true }, 'idle-list-true', 5],
    ['degrades-at-the-pace', {}, { budget: { amount: 6, period: 4, burstPercent: 50 } }, 'admit', 5],
  ])('is found there, and replayed from the start: %s', async (scheduler, without, bounds, rule, length) => {
    const before = await explore(without, scheduler);
    expect(before).toMatchObject({ complete: true, violations: [] });
    const { violations } = await explore(bounds, scheduler);
    expect(violations).toMatchObject([{ rule, length, seed: 0 }]);
    expect(readRecord(readFileSync(violations[0]!.file, 'utf8'))).toMatchObject({
      property: rule,
      scheduler,
    });
  });

  /** XX, which says something else. */
  function saying(change: (decisions: Decision[], stimulus: Stimulus) => Decision[]): Explorable {
    const xx = createXX();
    return {
      reset: (configuration) => xx.reset(configuration),
      load: (snapshot) => xx.load(snapshot),
      step: (at, stimulus) => change(xx.step(at, stimulus), stimulus),
    };
  }

  async function ruleBroken(scheduler: Explorable, bounds: Partial<BoundedInstance>) {
    const expander = new SchedulerExpander(instanceOf(bounds), scheduler, new Choices());
    const { counterexample } = await search(expander, { goOn: async () => true });
    return counterexample?.wrong.rule ?? null;
  }

  test('is found where bills are part of a state', async () => {
    const chargesForLong = saying((decisions) =>
      decisions.map((decision) =>
        decision.type === 'complete' && decision.bill.cpuMs > 1
          ? { ...decision, bill: { ...decision.bill, cost: decision.bill.cost + 1 } }
          : decision,
      ),
    );
    expect(await ruleBroken(chargesForLong, {})).toBeNull();
    expect(await ruleBroken(chargesForLong, { maxMetered: 1 })).toBeNull();
    expect(await ruleBroken(chargesForLong, { maxMetered: 2 })).toBe('bill-exact');
  });

  test('is found where paging takes time', async () => {
    const sleepsAfterTransfers = saying((decisions, { type }) => (type === 'paged' ? [] : decisions));
    const small = { invocations: 2, swap: 3, maxAge: 0 };
    expect(await ruleBroken(sleepsAfterTransfers, small)).toBeNull();
    expect(
      await ruleBroken(sleepsAfterTransfers, { ...small, paging: { chunk: 1, reserve: 1 } }),
    ).not.toBeNull();
  });
});

describe('every invocation ends', () => {
  const MANY: Partial<BoundedInstance> = {
    ...{ crashes: 1, maxAttempts: 2, drains: 1, joins: 1, antagonists: [0, 1, 2], shrink: true, maxAge: 0 },
    calls: false,
  };

  test('where there are faults, finitely many and made good in the end, on graphs with cycles', async () => {
    const { liveness, violations, overtaking } = await explore({ ...MANY, invocations: 1 });
    expect(violations).toEqual([]);
    expect(liveness).toMatchObject({ deadEnds: 0, fairCycles: 0 });
    expect(liveness!.cycles).toBeGreaterThan(0);
    expect(overtaking).toMatchObject({ beyondBound: 0 });
  });

  test('but not if faults are taken for nothing that happens: machines stay down, antagonists stay', async () => {
    const instance = instanceOf({ ...MANY, invocations: 1 });
    const expander = new SchedulerExpander(instance, createXX(), new Choices());
    const exploration = await search(expander, { goOn: async () => true });
    expect(hasFaults(instance)).toBe(true);
    const careless = judgeLiveness(expander, exploration, { ram: instance.ram, hasFaults: false });
    expect(careless.deadEnds).toBeGreaterThan(0);
    expect(careless.fairCycles).toBeGreaterThan(0);
    const fair = judgeLiveness(expander, exploration, { ram: instance.ram, hasFaults: true });
    expect(fair).toMatchObject({ deadEnds: 0, fairCycles: 0, witness: null });
  });
});

describe('what crashes bring back', () => {
  test('may overtake one that waits once more, within the bound', async () => {
    const bounds = { maxAge: 3, maxDemand: 1, calls: false };
    const without = await explore(bounds);
    expect(without.overtaking).toMatchObject({ most: 1, beyondBound: 0 });
    const { overtaking, violations } = await explore({ ...bounds, crashes: 1, maxAttempts: 2, joins: 1 });
    expect(violations).toEqual([]);
    expect(overtaking).toMatchObject({ most: 2, beyondBound: 0 });
  });
});
