import { describe, expect, test } from 'vitest';
import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Scheduler } from '../scheduler.ts';
import { cluster, playAll, SMALL } from './fixtures/cluster.ts';

const FREE = { cpuMs: 0, mbMs: 0, cost: 0 };

/** One machine, one shard, last come first served; whoever is on the machine makes way by a decision of this kind. */
function createPushy(makeWay: (id: number) => Decision): Scheduler {
  let queue: number[] = [];
  let running: number | null = null;
  return {
    name: 'pushy',
    reset() {
      queue = [];
      running = null;
    },
    step(_at: number, stimulus: Stimulus): Decision[] {
      if (stimulus.type === 'submit') {
        const { id, shard } = stimulus;
        const gone = running;
        const way: Decision[] = gone === null ? [] : [makeWay(gone)];
        if (way[0]?.type === 'evict') queue.unshift(gone!);
        running = null;
        queue.push(id);
        return [{ type: 'enqueue', id, shard, class: 0, degraded: false }, ...way];
      }
      const ended: Decision[] = [];
      if (stimulus.type === 'finish') {
        running = null;
        ended.push({ type: 'complete', id: stimulus.id, bill: FREE });
      }
      const id = running === null ? queue.pop() : undefined;
      if (id === undefined) return ended;
      running = id;
      return [
        ...ended,
        { type: 'place', id, shard: 0, machine: 0, via: 'poll', polled: [0] },
        { type: 'start', id },
      ];
    },
  };
}

const config = cluster(1, { shards: 1 });
const items = [SMALL, { ...SMALL, arriveMs: 4 }];

describe('the clock', () => {
  test('sends one that is evicted back to its queue, where it begins anew', () => {
    const scheduler = createPushy((id) => ({ type: 'evict', id }));
    const { ended, usage, steps } = playAll({ scheduler, configuration: config, workload: items, turnMs: 1 });
    expect(steps.flatMap(({ decisions }) => decisions).filter(({ type }) => type === 'evict')).toHaveLength(
      1,
    );
    const places = steps.flatMap(({ at, decisions }) => decisions.map((decision) => ({ at, decision })));
    const placed = places.filter(({ decision }) => decision.type === 'place');
    expect(placed.map(({ at, decision }) => [at, 'id' in decision && decision.id])).toEqual([
      [0, 0],
      [4, 1],
      [14, 0],
    ]);
    const lives = ended.map(({ id, ending, executedMs, endedAtMs }) => [id, ending, executedMs, endedAtMs]);
    expect(lives).toEqual([
      [1, 'completed', 10, 14],
      [0, 'completed', 10, 24],
    ]);
    // What the first attempt did was work, too.
    expect(usage.busyCoreMs).toBe(24);
    expect([usage.busyCores, usage.residentMb]).toEqual([0, 0]);
  });

  test('counts one that is cancelled among the killed, with what it has executed', () => {
    const scheduler = createPushy((id) => ({ type: 'cancel', id, bill: FREE }));
    const { ended, usage } = playAll({ scheduler, configuration: config, workload: items, turnMs: 1 });
    expect(ended.map(({ id, ending, executedMs }) => [id, ending, executedMs])).toEqual([
      [0, 'killed', 4],
      [1, 'completed', 10],
    ]);
    expect([usage.busyCores, usage.residentMb]).toEqual([0, 0]);
  });

  test('passes over what moves nobody', () => {
    const scheduler = createPushy((id) => ({ type: 'cancel', id, bill: FREE }));
    const noisy: Scheduler = {
      ...scheduler,
      step: (at, stimulus) => [
        ...scheduler.step(at, stimulus),
        { type: 'probe', shard: 0, machine: 0, inFlight: 1, latencyMs: 1 },
        { type: 'forget', shard: 0, machine: 0 },
        { type: 'reserve', id: 0, machine: 0 },
        { type: 'release', id: 0, machine: 0 },
        { type: 'refuse', id: 0, machine: 0 },
      ],
    };
    const play = (one: Scheduler) =>
      playAll({ scheduler: one, configuration: config, workload: items, turnMs: 1 }).ended;
    expect(play(noisy)).toEqual(play(scheduler));
  });
});
