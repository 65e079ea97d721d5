import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Step, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Judge } from '../../model/judge.ts';
import { workload } from '../../properties/testing/workloads.ts';
import { createXX } from '../xx/xx.ts';
import { cluster, playAll, SMALL } from './fixtures/cluster.ts';

test('of events at the same ms, what finishes goes before incidents, arrivals and turns', () => {
  const { steps } = playAll({
    scheduler: createXX(),
    configuration: cluster(1),
    workload: [SMALL, { ...SMALL, arriveMs: 10 }],
    incidents: [{ at: 10, stimulus: { type: 'restart', shard: 0 } }],
  });
  const atTen = steps.filter(({ at }) => at === 10).map(({ stimulus }) => stimulus.type);
  expect(atTen).toEqual(['finish', 'restart', 'submit', 'turn']);
});

describe('the clock, when machines come and go', () => {
  const accepted = (config: Configuration, steps: Step[]) => {
    const judge = new Judge(config);
    for (const { at, stimulus, decisions } of steps) expect(judge.step(at, stimulus, decisions)).toBeNull();
    return judge;
  };

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
    fc.constantFrom(0, 7),
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
