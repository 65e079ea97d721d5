import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Judge } from '../../model/judge.ts';
import { everybody } from '../../model/live.ts';
import type { Scheduler } from '../scheduler.ts';
import { createXX } from '../xx/xx.ts';
import { play } from './clock.ts';
import { cluster, playAll } from './fixtures/cluster.ts';
import { createFifo } from './fixtures/fifo.ts';
import type { WorkloadItem } from './workload.ts';

const item: fc.Arbitrary<WorkloadItem> = fc.record({
  arriveMs: fc.nat({ max: 200 }),
  function: fc.constantFrom('f', 'g'),
  tenant: fc.constant(0),
  class: fc.nat({ max: 1 }),
  runMs: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 200 })),
  finalMemoryMb: fc.integer({ min: 1, max: 399 }),
  growthSteps: fc.nat({ max: 4 }),
});
const workload = fc
  .array(item, { maxLength: 25 })
  .map((items) => items.toSorted((a, b) => a.arriveMs - b.arriveMs));
const scheduler = fc.constantFrom<() => Scheduler>(createXX, createFifo);
const configuration = fc.integer({ min: 1, max: 3 }).map((machines) => cluster(machines));
const turnMs = fc.constantFrom(0, 1, 7);

/** When a single core that never idles while there is work would have done all of it. */
function busyUntilMs(items: readonly WorkloadItem[]): number {
  return items.reduce((freeAtMs, { arriveMs, runMs }) => Math.max(freeAtMs, arriveMs) + runMs, 0);
}

describe('the clock, whatever scheduler it plays into', () => {
  test.prop([scheduler, configuration, workload, turnMs])(
    'ends every function once, and those that complete have run for their time, no more and no less',
    (create, config, items, cost) => {
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
        if (ending === 'completed') expect(executedMs).toBe(runMs);
        else expect(executedMs).toBeLessThanOrEqual(runMs);
      }
      expect(usage.busyCoreMs).toBe(ended.reduce((sum, { executedMs }) => sum + executedMs, 0));
      expect([usage.busyCores, usage.residentMb, usage.swappedMb]).toEqual([0, 0, 0]);
    },
  );

  test.prop([scheduler, fc.array(item, { minLength: 1, maxLength: 10 }), turnMs])(
    'lets a function that meets nobody finish when it has waited for its turn and run its time',
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
        expect(endedAtMs - submittedAtMs).toBe(cost + runMs);
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

describe('the clock with XX', () => {
  const accepted = (config: Configuration, steps: Step[]) => {
    const judge = new Judge(config);
    for (const { at, stimulus, decisions } of steps) expect(judge.step(at, stimulus, decisions)).toBeNull();
    return judge;
  };

  test.prop([configuration, workload, turnMs])(
    'gives steps that the model accepts, and counts as it does',
    (config, items, cost) => {
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
    },
  );

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
  const one = {
    arriveMs: 0,
    function: 'f',
    tenant: 0,
    class: 0,
    runMs: 5,
    finalMemoryMb: 50,
    growthSteps: 0,
  };
  const { ended } = playAll({ scheduler: faulty, configuration: cluster(1), workload: [one] });
  expect(ended).toMatchObject([{ ending: 'unfinished', executedMs: 5 }]);
});
