import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Step, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Judge } from '../../model/judge.ts';
import type { Scheduler } from '../scheduler.ts';
import { createXX } from '../xx/xx.ts';
import { type EndedInvocation, type PlayOptions, play } from './clock.ts';
import { createFifo } from './fixtures/fifo.ts';
import type { WorkloadItem } from './workload.ts';

function cluster(machines: number, changes: Partial<Configuration> = {}, size: object = {}): Configuration {
  return {
    classes: [
      { name: 'low', price: 1 },
      { name: 'high', price: 3 },
    ],
    memoryPrice: 1,
    machines: Array.from({ length: machines }, () => ({ cores: 1, ram: 400, swap: 1000, ...size })),
    shards: 2,
    kMachines: 2,
    kShards: 1,
    initialMemory: 50,
    idle: { enter: 100, leave: 50, memoryDrift: 50, functionsDrift: 2 },
    maxAttempts: 2,
    seed: 1,
    tenants: [{ budget: null }],
    ...changes,
  };
}

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

function playAll(options: PlayOptions) {
  const steps: Step[] = [];
  const ended: EndedInvocation[] = [];
  const played = play({ ...options, observer: (step) => steps.push(step), onEnd: (one) => ended.push(one) });
  return { ...played, steps, ended };
}

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

test('of events at the same ms, what finishes goes before incidents, arrivals and turns', () => {
  const one = {
    arriveMs: 0,
    function: 'f',
    tenant: 0,
    class: 0,
    runMs: 10,
    finalMemoryMb: 50,
    growthSteps: 0,
  };
  const { steps } = playAll({
    scheduler: createXX(),
    configuration: cluster(1),
    workload: [one, { ...one, arriveMs: 10 }],
    incidents: [{ at: 10, stimulus: { type: 'restart', shard: 0 } }],
  });
  const atTen = steps.filter(({ at }) => at === 10).map(({ stimulus }) => stimulus.type);
  expect(atTen).toEqual(['finish', 'restart', 'submit', 'turn']);
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
          const live = [...judge.state.invocations.values()];
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

  const incident: fc.Arbitrary<TimedStimulus['stimulus']> = fc.oneof(
    fc.record({
      type: fc.constant('antagonist' as const),
      machine: fc.constant(0),
      memory: fc.nat({ max: 300 }),
    }),
    fc.record({ type: fc.constant('restart' as const), shard: fc.nat({ max: 1 }) }),
  );

  test.prop([
    workload,
    fc.array(fc.tuple(fc.nat({ max: 300 }), incident), { maxLength: 4 }),
    fc.nat({ max: 100 }),
    fc.constantFrom('drain' as const, 'crash' as const),
    turnMs,
  ])('loses nobody when machines leave and join', (items, others, leavesAtMs, type, cost) => {
    const config = cluster(2);
    // Machine 1 goes first, so that from then to the end of the incidents only machine 0 is up.
    const incidents: TimedStimulus[] = [
      { at: leavesAtMs, stimulus: { type, machine: 1 } },
      ...others.map(([at, stimulus]) => ({ at: 100 + at, stimulus })),
      { at: 500, stimulus: { type: 'crash' as const, machine: 0 } },
      { at: 700, stimulus: { type: 'join' as const, machine: 2, cores: 2, ram: 500, swap: 2000 } },
    ].toSorted((a, b) => a.at - b.at);
    const { ended, steps, usage } = playAll({
      scheduler: createXX(),
      configuration: config,
      workload: items,
      incidents,
      turnMs: cost,
    });
    accepted(config, steps);
    expect(ended.length).toBe(items.length);
    expect(ended.some(({ ending }) => ending === 'unfinished')).toBe(false);
    expect([usage.busyCores, usage.residentMb, usage.swappedMb]).toEqual([0, 0, 0]);
  });

  test('rests while no machine is up, and counts as unfinished what waits at the end', () => {
    const one = {
      arriveMs: 10,
      function: 'f',
      tenant: 0,
      class: 0,
      runMs: 5,
      finalMemoryMb: 50,
      growthSteps: 0,
    };
    const away: TimedStimulus = { at: 5, stimulus: { type: 'drain', machine: 0 } };
    const back: TimedStimulus = {
      at: 100,
      stimulus: { type: 'join', machine: 0, cores: 1, ram: 400, swap: 0 },
    };
    const options = {
      scheduler: createXX(),
      configuration: cluster(1),
      workload: [one, { ...one, arriveMs: 20 }],
    };
    const resting = playAll({ ...options, incidents: [away] });
    expect(resting.ended.map(({ ending }) => ending)).toEqual(['unfinished', 'unfinished']);
    expect(resting.steps.filter(({ stimulus }) => stimulus.type === 'turn').length).toBe(2);
    const resumed = playAll({ ...options, incidents: [away, back] });
    expect(resumed.ended.map(({ endedAtMs }) => endedAtMs)).toEqual([105, 110]);
  });

  test('lets a crash take what was executed, and run it all again', () => {
    const one = {
      arriveMs: 0,
      function: 'f',
      tenant: 0,
      class: 0,
      runMs: 50,
      finalMemoryMb: 90,
      growthSteps: 1,
    };
    const incidents: TimedStimulus[] = [
      { at: 40, stimulus: { type: 'crash', machine: 0 } },
      { at: 60, stimulus: { type: 'join', machine: 0, cores: 1, ram: 400, swap: 0 } },
    ];
    const { ended, usage } = playAll({
      scheduler: createXX(),
      configuration: cluster(1),
      workload: [one],
      incidents,
    });
    expect(ended).toMatchObject([{ ending: 'completed', executedMs: 50, endedAtMs: 110 }]);
    expect(usage.busyCoreMs).toBe(90);
    expect(usage.cpuUtilization).toBeCloseTo(90 / 90);
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
