import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Step } from '../../model/alphabet.ts';
import type { Scheduler } from '../scheduler.ts';
import { createXX } from '../xx/xx.ts';
import { Clock } from './clock.ts';
import { cluster, playAll, SMALL } from './fixtures/cluster.ts';
import type { WorkloadItem } from './workload.ts';

const item: fc.Arbitrary<WorkloadItem> = fc.record({
  arriveMs: fc.nat({ max: 20 }),
  function: fc.constant('f'),
  tenant: fc.constant(0),
  class: fc.nat({ max: 1 }),
  runMs: fc.integer({ min: 1, max: 10 }),
  finalMemoryMb: fc.integer({ min: 1, max: 399 }),
  growthSteps: fc.nat({ max: 2 }),
});
const workload = fc
  .array(item, { maxLength: 40, size: 'max' })
  .map((items) => items.toSorted((a, b) => a.arriveMs - b.arriveMs));
const configuration = fc
  .record({ machines: fc.integer({ min: 1, max: 4 }), cores: fc.integer({ min: 1, max: 4 }) })
  .map(({ machines, cores }) => cluster(machines, {}, { cores, swap: 200 }));

/** No more of XX than a scheduler has to have. */
function stepping(xx: Scheduler): Scheduler {
  return {
    name: xx.name,
    reset: (configuration) => xx.reset(configuration),
    step: (at, stimulus) => xx.step(at, stimulus),
  };
}

/** XX, and what it is told to prefetch. */
function listening(): { scheduler: Scheduler; told: number[][] } {
  const xx = createXX();
  const told: number[][] = [];
  const prefetch = (ids: readonly number[]) => {
    told.push([...ids]);
    xx.prefetch!(ids);
  };
  return { scheduler: { ...stepping(xx), prefetch }, told };
}

test.prop([configuration, workload])('what is prefetched changes no step and no ending', (config, items) => {
  const options = { configuration: config, workload: items };
  const without = playAll({ ...options, scheduler: stepping(createXX()) });
  const { steps, ended } = playAll({ ...options, prefetchAbove: 0, scheduler: createXX() });
  expect([steps, ended]).toEqual([without.steps, without.ended]);
});

test('most of these workloads have several that are due at the same time', () => {
  const samples = fc.sample(fc.tuple(configuration, workload), { numRuns: 100, seed: 1 });
  const announced = samples.filter(([config, items]) => {
    const { scheduler, told } = listening();
    playAll({ prefetchAbove: 0, scheduler, configuration: config, workload: items });
    return told.length > 0;
  });
  expect(announced.length).toBeGreaterThan(50);
});

test.prop([configuration, workload, fc.nat({ max: 60 })])(
  'a play that ends while some are still due at the same time ends each of them once, and is the beginning of the whole',
  (config, items, events) => {
    const whole = playAll({ scheduler: createXX(), configuration: config, workload: items });
    const steps: Step[] = [];
    const ended: number[] = [];
    const clock = new Clock({
      prefetchAbove: 0,
      scheduler: createXX(),
      configuration: config,
      workload: items,
      observer: (step) => steps.push(step),
      onEnd: ({ id }) => ended.push(id),
    });
    for (let played = 0; played < events; played++) clock.advance(1);
    clock.end();
    expect(steps).toEqual(whole.steps.slice(0, steps.length));
    expect(ended.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: clock.counts.submitted }, (_, id) => id),
    );
  },
);

test('several that are due at the same time are told of once, in the order in which they finish', () => {
  const { scheduler, told } = listening();
  const times = [10, 7, 10, 3, 10, 7];
  const items = times.map((runMs) => ({ ...SMALL, runMs }));
  const { steps } = playAll({
    prefetchAbove: 0,
    scheduler,
    configuration: cluster(1, {}, { cores: 6 }),
    workload: items,
  });
  const finished = steps.flatMap(({ at, stimulus }) =>
    stimulus.type === 'finish' ? [{ at, id: stimulus.id }] : [],
  );
  expect(finished.map(({ at }) => at)).toEqual([3, 7, 7, 10, 10, 10]);
  const idsAt = (ms: number) => finished.filter(({ at }) => at === ms).map(({ id }) => id);
  expect(told).toEqual([idsAt(7), idsAt(10)]);
});

test('nobody is told of anybody where few run, unless that is asked for', () => {
  const { scheduler, told } = listening();
  playAll({ scheduler, configuration: cluster(1, {}, { cores: 6 }), workload: [SMALL, SMALL, SMALL] });
  expect(told).toEqual([]);
});

test('a scheduler whose cores are shared is told nothing', () => {
  const { scheduler, told } = listening();
  const shared = { ...scheduler, cores: 'shared' } as const;
  const items = [SMALL, SMALL, SMALL];
  const { ended } = playAll({
    prefetchAbove: 0,
    scheduler: shared,
    configuration: cluster(3),
    workload: items,
  });
  expect(ended).toHaveLength(3);
  expect(told).toEqual([]);
});

test.each([
  ['is killed before its turn does not finish', ['grows', 'small'], 'killed'],
  ['has its turn first does', ['small', 'grows'], 'completed'],
] as const)('of two that are due at the same time, one that %s', (_name, order, ending) => {
  const grows = { ...SMALL, class: 1, runMs: 20, finalMemoryMb: 380, growthSteps: 1 };
  const items = order.map((which) => (which === 'grows' ? grows : SMALL));
  const config = cluster(1, {}, { cores: 2, swap: 0 });
  const { scheduler, told } = listening();
  const { ended } = playAll({ prefetchAbove: 0, scheduler, configuration: config, workload: items });
  expect(told).toEqual([[0, 1]]);
  expect(ended).toMatchObject([
    { id: order.indexOf('small'), ending, endedAtMs: 10 },
    { id: order.indexOf('grows'), ending: 'completed', endedAtMs: 20 },
  ]);
});
