import { describe, expect, test } from 'vitest';
import type { Decision, Step } from '../../model/alphabet.ts';
import { BrokenScheduler } from '../broken-scheduler.ts';
import type { Scheduler } from '../scheduler.ts';
import { createXX } from '../xx/xx.ts';
import { play } from './clock.ts';
import { cluster } from './fixtures/cluster.ts';
import type { WorkloadItem } from './workload.ts';

function item(arriveMs: number, runMs: number, more: Partial<WorkloadItem> = {}): WorkloadItem {
  return { arriveMs, function: 'f', tenant: 0, class: 0, runMs, finalMemoryMb: 1, growthSteps: 0, ...more };
}

/** XX with more or other methods, and the steps that it is played through. */
function stepsOf(workload: readonly WorkloadItem[], more: Partial<Scheduler>): Step[] {
  const xx = createXX();
  const scheduler: Scheduler = {
    name: 'it',
    reset: (configuration) => xx.reset(configuration),
    step: (at, stimulus) => xx.step(at, stimulus),
    ...more,
  };
  const steps: Step[] = [];
  play({ scheduler, configuration: cluster(1), workload, observer: (step) => steps.push(step) });
  return steps;
}

function tickTimes(steps: readonly Step[]): number[] {
  return steps.filter(({ stimulus }) => stimulus.type === 'tick').map(({ at }) => at);
}

describe('a scheduler that asks for ticks', () => {
  test('gets each when it is due, while somebody is alive', () => {
    const xx = createXX();
    let now = 0;
    const steps = stepsOf([item(10, 100)], {
      reset: (configuration) => xx.reset(configuration),
      step(at, stimulus) {
        now = at;
        return xx.step(at, stimulus);
      },
      dueAt: () => [25, 60, 1000].find((ms) => ms > now) ?? null,
    });
    expect(tickTimes(steps)).toEqual([25, 60]);
  });

  test('gets none that it no longer wants, and none before the next ms', () => {
    expect(tickTimes(stepsOf([item(10, 3)], { dueAt: () => null }))).toEqual([]);
    expect(tickTimes(stepsOf([item(10, 3)], { dueAt: () => 0 }))).toEqual([11, 12]);
  });

  test('gets it when everything else of that ms has happened', () => {
    const steps = stepsOf([item(0, 50), item(30, 5)], { dueAt: () => 30 });
    const atThirty = steps.filter(({ at }) => at === 30).map(({ stimulus }) => stimulus.type);
    expect(atThirty).toEqual(['submit', 'turn', 'tick']);
  });

  test('is told when what it says is no time', () => {
    const asks = () => stepsOf([item(0, 50)], { dueAt: () => 0.5 });
    expect(asks).toThrow(BrokenScheduler);
    expect(asks).toThrow(/scheduler it at 0: dueAt says 0.5, which is no time/);
  });
});

test('an oracle is told how long each will run, right before it is submitted or called', () => {
  const heard: string[] = [];
  const xx = createXX();
  stepsOf([item(5, 40, { calls: [{ afterMs: 10, item: item(0, 7) }] }), item(20, 3)], {
    reset: (configuration) => xx.reset(configuration),
    expect: (id, runMs) => heard.push(`expect ${id} ${runMs}`),
    step(at, stimulus) {
      if (stimulus.type === 'submit' || stimulus.type === 'call')
        heard.push(`${stimulus.type} ${stimulus.id}`);
      return xx.step(at, stimulus);
    },
  });
  expect(heard).toEqual(['expect 0 40', 'submit 0', 'expect 1 7', 'call 1', 'expect 2 3', 'submit 2']);
});

test('a shard that rests takes turns again once one of its queue is placed out of turn', () => {
  // Places nobody in its first turn, and the first in line with the next submission, as a free core would take it.
  const queue: number[] = [];
  let turns = 0;
  const place = (id: number): Decision[] => [
    { type: 'place', id, shard: 0, machine: 0, via: 'poll', polled: [0] },
    { type: 'start', id },
  ];
  const scheduler: Scheduler = {
    name: 'late',
    reset: () => {},
    step(_at, stimulus) {
      if (stimulus.type === 'submit') {
        const { id } = stimulus;
        queue.push(id);
        const enqueue: Decision = { type: 'enqueue', id, shard: 0, class: 0, degraded: false };
        return queue.length < 3 ? [enqueue] : [enqueue, ...place(queue.shift()!)];
      }
      if (stimulus.type === 'turn' && turns++ > 0) return place(queue.shift()!);
      return stimulus.type === 'finish'
        ? [{ type: 'complete', id: stimulus.id, bill: { cpuMs: 0, mbMs: 0, cost: 0 } }]
        : [];
    },
  };
  const ended: string[] = [];
  const workload = [item(0, 5), item(1, 5), item(2, 5)];
  play({ scheduler, configuration: cluster(1), workload, onEnd: ({ ending }) => ended.push(ending) });
  expect(ended).toEqual(['completed', 'completed', 'completed']);
});

test('a shard whose turn has placed one of another shard takes another turn', () => {
  // A shard that somebody waits at places whoever came last, wherever that is.
  const queue: { id: number; shard: number }[] = [];
  const scheduler: Scheduler = {
    name: 'central',
    reset: () => {},
    step(_at, stimulus) {
      if (stimulus.type === 'submit') {
        const { id, shard } = stimulus;
        queue.push({ id, shard });
        return [{ type: 'enqueue', id, shard, class: 0, degraded: false }];
      }
      if (stimulus.type === 'finish') {
        return [{ type: 'complete', id: stimulus.id, bill: { cpuMs: 0, mbMs: 0, cost: 0 } }];
      }
      if (stimulus.type !== 'turn' || queue.every(({ shard }) => shard !== stimulus.shard)) return [];
      const { id, shard } = queue.pop()!;
      return [
        { type: 'place', id, shard, machine: 0, via: 'poll', polled: [0] },
        { type: 'start', id },
      ];
    },
  };
  const ended: string[] = [];
  play({
    scheduler,
    configuration: { ...cluster(1), shards: 2 },
    workload: [item(0, 5), item(0, 5)],
    onEnd: ({ item: { runMs }, ending }) => ended.push(`${runMs} ${ending}`),
  });
  expect(ended).toEqual(['5 completed', '5 completed']);
});
