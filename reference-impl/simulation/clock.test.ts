import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Judge } from '../../model/judge.ts';
import { everybody } from '../../model/unended.ts';
import { item, workload } from '../../properties/testing/workloads.ts';
import { createHermod, createHermodHybrid } from '../peers/hermod.ts';
import type { Scheduler } from '../scheduler.ts';
import { createXX } from '../xx/xx.ts';
import { play } from './clock.ts';
import { cluster, playAll, SMALL } from './fixtures/cluster.ts';
import { createFifo } from './fixtures/fifo.ts';
import { idealMs, type WorkloadItem } from './workload.ts';

const scheduler = fc.constantFrom<() => Scheduler>(createXX, createFifo);
const shared = fc.constantFrom<() => Scheduler>(createHermod, createHermodHybrid);
const configuration = fc.integer({ min: 1, max: 3 }).map((machines) => cluster(machines));
const turnMs = fc.constantFrom(0, 1, 7);

/** When a single core that never idles while there is work would have done all of it. */
function busyUntilMs(items: readonly WorkloadItem[]): number {
  return items.reduce((freeAtMs, { arriveMs, runMs }) => Math.max(freeAtMs, arriveMs) + runMs, 0);
}

describe('the clock, whatever scheduler it plays into', () => {
  test('ends every function once, and those that complete have run for their time, no more and no less', () => {
    let completed = 0;
    const anyPlay = fc.property(scheduler, configuration, workload, turnMs, (create, config, items, cost) => {
      const { ended, usage } = playAll({
        scheduler: create(),
        configuration: config,
        workload: items,
        turnMs: cost,
      });
      expect(ended.map(({ id }) => id).sort((a, b) => a - b)).toEqual(items.map((_, id) => id));
      for (const {
        item: { runMs, arriveMs },
        ending,
        executedMs,
        submittedAtMs,
        endedAtMs,
      } of ended) {
        expect(submittedAtMs).toBe(arriveMs);
        expect(executedMs).toBeLessThanOrEqual(endedAtMs - submittedAtMs);
        if (ending === 'completed') completed++;
        if (ending === 'completed') expect(executedMs).toBe(runMs);
        else expect(executedMs).toBeLessThanOrEqual(runMs);
      }
      expect(usage.busyCoreMs).toBe(ended.reduce((sum, { executedMs }) => sum + executedMs, 0));
      expect([usage.busyCores, usage.residentMb, usage.swappedMb]).toEqual([0, 0, 0]);
    });
    fc.assert(anyPlay);
    expect(completed).toBeGreaterThan(100);
  });

  test.prop([scheduler, fc.array(item, { minLength: 1, maxLength: 10 }), turnMs])(
    'lets a function that meets nobody finish when it has run its time, however long a turn keeps its shard busy',
    (create, items, cost) => {
      let atMs = 0;
      const apart = items.map((one) => {
        atMs += 300;
        return { ...one, arriveMs: atMs };
      });
      const { ended } = playAll({
        scheduler: create(),
        configuration: cluster(1),
        workload: apart,
        turnMs: cost,
      });
      for (const {
        item: { runMs },
        ending,
        submittedAtMs,
        endedAtMs,
      } of ended) {
        expect(ending).toBe('completed');
        expect(endedAtMs - submittedAtMs).toBe(runMs);
      }
    },
  );

  test.prop([scheduler, configuration, workload, turnMs])(
    'plays the same way every time',
    (create, config, items, cost) => {
      const once = playAll({ scheduler: create(), configuration: config, workload: items, turnMs: cost });
      const again = playAll({ scheduler: create(), configuration: config, workload: items, turnMs: cost });
      expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    },
  );

  test.prop([scheduler, workload])('keeps a single core busy as long as there is work', (create, items) => {
    const roomy = cluster(1, {}, { ram: 100_000 });
    const { endedAtMs } = playAll({ scheduler: create(), configuration: roomy, workload: items });
    expect(endedAtMs).toBe(busyUntilMs(items));
  });

  test.prop([scheduler, configuration, workload, turnMs])(
    'starts with boot, never goes back in time, and lets a shard place one function at a time',
    (create, config, items, cost) => {
      const { steps } = playAll({
        scheduler: create(),
        configuration: config,
        workload: items,
        turnMs: cost,
      });
      expect(steps[0]!.stimulus).toEqual({ type: 'boot' });
      const lastTurnMs = new Map<number, number>();
      steps.forEach(({ at, stimulus }, i) => {
        expect(at).toBeGreaterThanOrEqual(steps[i - 1]?.at ?? 0);
        if (stimulus.type !== 'turn') return;
        expect(at - (lastTurnMs.get(stimulus.shard) ?? -cost)).toBeGreaterThanOrEqual(cost);
        lastTurnMs.set(stimulus.shard, at);
      });
      const turns = steps.filter(({ stimulus }) => stimulus.type === 'turn').length;
      expect(turns).toBe(items.length);
    },
  );
});

/** Processor sharing by its definition: from one change to the next, everybody gets on at the same rate. */
function shareBySlices(items: readonly WorkloadItem[], cores: number): Map<number, number> {
  const endedAtMs = new Map<number, number>();
  const leftMs = new Map<number, number>();
  let nowMs = 0;
  let next = 0;
  while (next < items.length || leftMs.size > 0) {
    const rate = Math.min(1, cores / Math.max(1, leftMs.size));
    const doneAtMs = leftMs.size === 0 ? Infinity : nowMs + Math.min(...leftMs.values()) / rate;
    const arriveMs = items[next]?.arriveMs ?? Infinity;
    const untilMs = Math.min(doneAtMs, arriveMs);
    for (const [id, left] of leftMs) {
      const still = left - (untilMs - nowMs) * rate;
      if (still > 1e-9) leftMs.set(id, still);
      else leftMs.delete(id);
      if (still <= 1e-9) endedAtMs.set(id, untilMs);
    }
    nowMs = untilMs;
    if (arriveMs <= nowMs) leftMs.set(next, items[next++]!.runMs);
  }
  return endedAtMs;
}

describe('the clock where cores are shared', () => {
  test.prop([shared, workload, fc.integer({ min: 1, max: 3 })])(
    'lets everybody finish exactly when equal parts of the cores have done their work',
    (create, items, cores) => {
      const config = cluster(1, {}, { cores });
      const { ended, usage } = playAll({ scheduler: create(), configuration: config, workload: items });
      const expected = shareBySlices(items, cores);
      for (const { id, endedAtMs, executedMs, item: one } of ended) {
        expect(endedAtMs).toBeCloseTo(expected.get(id)!, 6);
        expect(executedMs).toBe(one.runMs);
      }
      expect(ended.length).toBe(items.length);
      expect(usage.busyCoreMs).toBeCloseTo(
        items.reduce((sum, { runMs }) => sum + runMs, 0),
        6,
      );
      expect(usage.busyCores).toBe(0);
    },
  );

  test('counts as unfinished, with what they have executed, those that are there when it is stopped', () => {
    const endings = { completed: 0, killed: 0, throttled: 0, unfinished: 0 };
    const anyPlay = fc.property(shared, workload, fc.nat({ max: 200 }), (create, items, untilMs) => {
      const { ended, usage } = playAll({
        scheduler: create(),
        configuration: cluster(1),
        workload: items,
        untilMs,
      });
      const arrived = items.filter(({ arriveMs }) => arriveMs <= untilMs);
      expect(ended.length).toBe(arrived.length);
      const executedMs = ended.reduce((sum, one) => sum + one.executedMs, 0);
      expect(usage.busyCoreMs).toBeCloseTo(executedMs, 6);
      for (const one of ended) {
        endings[one.ending]++;
        if (one.ending === 'unfinished') expect(one.executedMs).toBeLessThanOrEqual(one.item.runMs + 1e-9);
      }
    });
    fc.assert(anyPlay);
    expect(endings.unfinished).toBeGreaterThan(10);
    expect(endings.completed).toBeGreaterThan(10);
  });
});

describe('call chains', () => {
  const chain = (depth: number): fc.Arbitrary<WorkloadItem> =>
    depth === 0
      ? item
      : fc
          .tuple(item, fc.array(fc.tuple(fc.nat({ max: 100 }), chain(depth - 1)), { maxLength: 2 }))
          .map(([one, calls]) => ({
            ...one,
            calls: calls
              .map(([percent, callee]) => ({
                afterMs: Math.floor((one.runMs * percent) / 100),
                item: callee,
              }))
              .sort((a, b) => a.afterMs - b.afterMs),
          }));
  const sizeOf = ({ calls = [] }: WorkloadItem): number =>
    calls.reduce((sum, call) => sum + sizeOf(call.item), 1);
  const sorted = (items: WorkloadItem[]) => items.toSorted((a, b) => a.arriveMs - b.arriveMs);
  const chains = fc.array(chain(2), { maxLength: 8 }).map(sorted);

  test.prop([fc.oneof(fc.constant(createXX), shared), chains, configuration, turnMs])(
    'everybody who is called runs once, and nobody ends before those it waits for',
    (create, items, config, cost) => {
      const roomy = { ...config, machines: config.machines.map((size) => ({ ...size, ram: 100_000 })) };
      const { ended } = playAll({
        scheduler: create(),
        configuration: roomy,
        workload: items,
        turnMs: cost,
      });
      expect(ended.length).toBe(items.reduce((sum, one) => sum + sizeOf(one), 0));
      for (const one of ended) {
        expect(one.ending).toBe('completed');
        expect(one.executedMs).toBe(one.item.runMs);
        expect(one.endedAtMs - one.submittedAtMs).toBeGreaterThanOrEqual(idealMs(one.item) - 1e-6);
      }
    },
  );

  test.prop([chain(2), fc.oneof(fc.constant(createXX), shared)])(
    'a chain that meets nobody takes exactly the run times of all in it',
    (one, create) => {
      const root = { ...one, arriveMs: 0 };
      const roomy = cluster(1, {}, { ram: 100_000 });
      const { endedAtMs } = playAll({ scheduler: create(), configuration: roomy, workload: [root] });
      expect(endedAtMs).toBeCloseTo(idealMs(root), 6);
    },
  );

  test.prop([chains, configuration])('XX keeps to the rules along a chain', (items, config) => {
    const judge = new Judge(config);
    play({
      scheduler: createXX(),
      configuration: config,
      workload: items,
      observer: ({ at, stimulus, decisions }) => expect(judge.step(at, stimulus, decisions)).toBeNull(),
    });
  });
});

test('a workload whose times run backwards is refused with one line', () => {
  const at = (arriveMs: number): WorkloadItem => ({
    arriveMs,
    function: 'f',
    tenant: 0,
    class: 0,
    runMs: 5,
    finalMemoryMb: 50,
    growthSteps: 0,
  });
  const workload = [at(5), at(4)];
  expect(() => play({ scheduler: createXX(), configuration: cluster(1), workload })).toThrow(
    /^arrival 2: expected a whole number of ms from 5 up, .*, got 4$/,
  );
});

test('samples come at equal intervals, and see what is there before anything else happens', () => {
  const one = {
    arriveMs: 10,
    function: 'f',
    tenant: 0,
    class: 0,
    runMs: 20,
    finalMemoryMb: 50,
    growthSteps: 0,
  };
  const seen: [number, number, number][] = [];
  play({
    scheduler: createXX(),
    configuration: cluster(2),
    workload: [one],
    untilMs: 40,
    sampling: {
      everyMs: 10,
      take: (nowMs, usage) =>
        seen.push([nowMs, usage.busyCores, usage.detail!.residentMb.reduce((sum, mb) => sum + mb, 0)]),
    },
  });
  expect(seen).toEqual([
    [0, 0, 0],
    [10, 0, 0],
    [20, 1, 50],
    [30, 1, 50],
    [40, 0, 0],
  ]);
});

describe('the clock with XX', () => {
  const accepted = (config: Configuration, steps: Step[]) => {
    const judge = new Judge(config);
    for (const { at, stimulus, decisions } of steps) expect(judge.step(at, stimulus, decisions)).toBeNull();
    return judge;
  };

  test('gives steps that the model accepts, and counts as it does', () => {
    let swapping = 0;
    const anyPlay = fc.property(configuration, workload, turnMs, (config, items, cost) => {
      const judge = new Judge(config);
      let peakMb = 0;
      const { usage } = play({
        scheduler: createXX(),
        configuration: config,
        workload: items,
        turnMs: cost,
        observer({ at, stimulus, decisions }) {
          expect(judge.step(at, stimulus, decisions)).toBeNull();
          const live = everybody(judge.state.invocations);
          const swappedMb = live.reduce((sum, { demand, resident }) => sum + demand - resident, 0);
          peakMb = Math.max(peakMb, swappedMb);
        },
      });
      expect(usage.peakSwapMb).toBe(peakMb);
      if (peakMb > 0) swapping++;
    });
    fc.assert(anyPlay);
    expect(swapping).toBeGreaterThan(5);
  });

  test('preempts, swaps and kills for memory, and the clock counts all three', () => {
    const crowd = Array.from({ length: 12 }, (_, i) => {
      const high = i % 2;
      return {
        arriveMs: i * 10,
        function: 'f',
        tenant: 0,
        class: high,
        runMs: 100,
        finalMemoryMb: 300,
        growthSteps: 2,
      };
    });
    const config = cluster(1);
    const { ended, usage, steps } = playAll({
      scheduler: createXX(),
      configuration: config,
      workload: crowd,
    });
    accepted(config, steps);
    expect(usage.preemptions).toBeGreaterThan(0);
    expect(usage.pagedOutMb).toBeGreaterThan(0);
    const tight = playAll({
      scheduler: createXX(),
      configuration: cluster(1, {}, { swap: 100 }),
      workload: crowd,
    });
    expect(tight.ended.some(({ ending }) => ending === 'killed')).toBe(true);
    expect(ended.every(({ ending }) => ending === 'completed')).toBe(true);
  });
});

test('a scheduler that never lets go of a function does not hang the clock', () => {
  const fifo = createFifo();
  const faulty: Scheduler = {
    ...fifo,
    step: (at, stimulus) => (stimulus.type === 'finish' ? [] : fifo.step(at, stimulus)),
  };
  const { ended } = playAll({ scheduler: faulty, configuration: cluster(1), workload: [SMALL] });
  expect(ended).toMatchObject([{ ending: 'unfinished', executedMs: 10 }]);
});
