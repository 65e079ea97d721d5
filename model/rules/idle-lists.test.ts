import { describe, expect, test } from 'vitest';
import { everywhere } from '../../properties/testing/wander.ts';
import type { Configuration } from '../configuration.ts';
import { availableRam, type Machine } from '../entities.ts';
import type { State } from '../state.ts';
import { AVAILABILITY } from '../table.ts';
import {
  accept,
  antagonist,
  boot,
  cluster,
  complete,
  crash,
  drain,
  enqueue,
  finish,
  join,
  LOW,
  later,
  list,
  pageOut,
  refuse,
  relist,
  resize,
  restart,
  start,
  story,
  submit,
  takes,
  tick,
  turn,
  unlist,
} from '../testing.ts';

const SIZE = { cores: 1, ram: 10, swap: 5 };
const NEVER = 1_000_000;
const THRESHOLDS = { enter: 6, leave: 4, memoryDrift: NEVER, functionsDrift: NEVER };

function withIdle(idle: Partial<Configuration['idle']>, changes: Partial<Configuration> = {}): Configuration {
  return cluster({ idle: { ...THRESHOLDS, ...idle }, ...changes });
}

/** One machine, on the list of shard 0, on which 1 runs with 1 MB. */
function listed(idle: Partial<Configuration['idle']> = {}, changes: Partial<Configuration> = {}) {
  return story(
    withIdle(idle, changes),
    [0, boot, list(0, 0, 10, 0)],
    [0, submit(1, LOW), enqueue(1, LOW)],
    [0, turn(), takes(1, 0), start(1)],
  );
}

/** Whether what the idle lists say of a machine is true, by the letter. */
function isTold({ config, shards }: State, machine: Machine): boolean {
  const { enter, leave, memoryDrift, functionsDrift } = config.idle;
  const { entry, live } = machine;
  const lists = shards.filter(({ listed }) => listed.has(machine));
  const isUp = machine.availability === AVAILABILITY.up;
  const available = availableRam(machine);
  if (entry === null) return lists.length === 0 && !(isUp && available >= enter);
  return (
    lists.length === 1 &&
    lists[0] === shards[entry.shard] &&
    isUp &&
    available >= leave &&
    Math.abs(entry.available - available) < memoryDrift &&
    Math.abs(entry.functions - live.length) < functionsDrift
  );
}

describe('idle lists', () => {
  test('are true after every step, wherever the rules lead', () => {
    const seen = { listed: 0, unlisted: 0 };
    everywhere(40, () => ({
      onStep({ state }) {
        expect(state.machines.filter((machine) => !isTold(state, machine))).toEqual([]);
        const listed = state.machines.filter(({ entry }) => entry !== null).length;
        seen.listed += listed;
        seen.unlisted += state.machines.length - listed;
      },
    }));
    expect(seen.listed).toBeGreaterThan(10);
    expect(seen.unlisted).toBeGreaterThan(10);
  });
});

describe('idle-list-true, of a machine that joins a list', () => {
  const twoShards = withIdle({}, { shards: 2, kShards: 2 });

  test('lets it join any list that is the shortest', () => {
    for (const shard of [0, 1]) {
      for (const polled of [
        [0, 1],
        [1, 0],
      ])
        accept({ config: twoShards, lines: [] }, [0, boot, list(0, shard, 10, 0, polled)]);
    }
  });

  test('is owed at boot by every machine with enough memory', () => {
    expect(refuse({ config: twoShards, lines: [] }, [0, boot])).toMatchObject({
      rule: 'idle-list-true',
      entity: 'machine 0',
      decision: null,
      message: expect.stringContaining(
        'machine 0 has 10 MB available and 0 live invocations (enter at 6 MB, leave below 4 MB) and is on no list, which calls for a list',
      ),
      allowed: [list(0, 0, 10, 0, [0, 1]), list(0, 1, 10, 0, [0, 1])],
    });
  });

  test('begins exactly at `enter`', () => {
    const sized = (ram: number) => withIdle({}, { machines: [{ ...SIZE, ram }] });
    accept({ config: sized(6), lines: [] }, [0, boot, list(0, 0, 6, 0)]);
    accept({ config: sized(5), lines: [] }, [0, boot]);
    expect(refuse({ config: sized(5), lines: [] }, [0, boot, list(0, 0, 5, 0)])).toMatchObject({
      rule: 'idle-list-true',
      message: expect.stringContaining('which calls for nothing; nothing more is permitted in this step'),
      allowed: [],
    });
  });

  test('lets it poll kShards distinct shards, and join one of them', () => {
    for (const [shard, polled] of [
      [0, [0]],
      [0, [0, 0]],
      [0, [0, 1, 1]],
      [0, [0, 2]],
      [1, [0, 0]],
    ] as const) {
      expect(
        refuse({ config: twoShards, lines: [] }, [0, boot, list(0, shard, 10, 0, [...polled])]),
      ).toMatchObject({
        rule: 'idle-list-true',
        entity: 'machine 0',
        message: expect.stringContaining(
          'a dispatcher polls 2 distinct shards and joins the shortest list of them (shard 0 with 0, shard 1 with 0)',
        ),
      });
    }
    for (const shard of [2, -1]) {
      expect(
        refuse({ config: twoShards, lines: [] }, [0, boot, list(0, shard, 10, 0, [0, 1])]),
      ).toMatchObject({
        rule: 'possible-decision',
        entity: 'machine 0',
        message: expect.stringContaining(`there is no shard ${shard}`),
      });
    }
    const one = { ...twoShards, kShards: 1 };
    accept({ config: one, lines: [] }, [0, boot, list(0, 1, 10, 0, [1])]);
    expect(refuse({ config: one, lines: [] }, [0, boot, list(0, 1, 10, 0, [0])])).toMatchObject({
      rule: 'idle-list-true',
      allowed: [list(0, 0, 10, 0, [0]), list(0, 1, 10, 0, [1])],
    });
    const more = { ...twoShards, kShards: 5 };
    accept({ config: more, lines: [] }, [0, boot, list(0, 1, 10, 0, [0, 1])]);
  });

  test('lets it join no list that is longer than another that it polled', () => {
    const two = { ...twoShards, machines: [SIZE, SIZE] };
    const first = list(1, 0, 10, 0, [0, 1]);
    accept({ config: two, lines: [] }, [0, boot, first, list(0, 1, 10, 0, [0, 1])]);
    expect(refuse({ config: two, lines: [] }, [0, boot, first, list(0, 0, 10, 0, [0, 1])])).toMatchObject({
      rule: 'idle-list-true',
      message: expect.stringContaining('joins the shortest list of them (shard 0 with 1, shard 1 with 0)'),
      allowed: [list(0, 1, 10, 0, [0, 1])],
    });
    // A dispatcher that polls one shard does not see that the other list is shorter.
    accept({ config: { ...two, kShards: 1 }, lines: [] }, [0, boot, list(1, 0, 10, 0), list(0, 0, 10, 0)]);
  });

  test('wants true figures, once, of a machine that there is', () => {
    const one = { config: withIdle({}), lines: [] };
    for (const [available, functions] of [
      [9, 0],
      [11, 0],
      [10, 1],
    ] as const) {
      expect(refuse(one, [0, boot, list(0, 0, available, functions)])).toMatchObject({
        rule: 'idle-list-true',
        message: expect.stringContaining(
          'the figures are not true: machine 0 has 10 MB available and 0 live',
        ),
        allowed: [list(0, 0, 10, 0)],
      });
    }
    expect(refuse(one, [0, boot, list(0, 0, 10, 0), list(0, 0, 10, 0)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('machine 0 is on the idle list of shard 0 already'),
    });
    expect(refuse(one, [0, boot, list(1, 0, 10, 0)])).toMatchObject({
      rule: 'possible-decision',
      entity: 'machine 1',
      message: expect.stringContaining('there is no machine 1'),
    });
  });
});

describe('idle-list-true, of a machine that leaves its list', () => {
  test('ends exactly below `leave`', () => {
    accept(listed(), [0, resize(1, 6)]);
    accept(listed(), [0, resize(1, 7), unlist(0, 0)]);
    expect(refuse(listed(), [0, resize(1, 6), unlist(0, 0)])).toMatchObject({
      rule: 'idle-list-true',
      message: expect.stringContaining('machine 0 has 4 MB available'),
      allowed: [],
    });
    expect(refuse(listed(), [0, resize(1, 7)])).toMatchObject({
      rule: 'idle-list-true',
      entity: 'machine 0',
      message: expect.stringContaining('which calls for an unlist'),
      allowed: [unlist(0, 0)],
    });
  });

  test('lets a machine between the thresholds stay what it is', () => {
    const left = later(listed(), [0, resize(1, 7), unlist(0, 0)]);
    accept(left, [0, resize(1, 5)], [0, resize(1, 4), list(0, 0, 6, 1)]);
    expect(refuse(left, [0, resize(1, 5), list(0, 0, 5, 1)])).toMatchObject({
      message: expect.stringContaining('which calls for nothing'),
      allowed: [],
    });
    accept(listed(), [0, resize(1, 5)]);
  });

  test('withdraws the entry from the shard that has it', () => {
    expect(refuse(listed({}, { shards: 2 }), [0, resize(1, 7), unlist(0, 1)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(
        'machine 0 is not on the idle list of shard 1: it is on that of shard 0',
      ),
      allowed: [unlist(0, 0)],
    });
  });

  test('goes before a refresh', () => {
    const drifts = listed({ memoryDrift: 2 });
    const grown = later(drifts, [0, resize(1, 6), relist(0, 0, 4, 1)]);
    accept(grown, [0, resize(1, 9), unlist(0, 0)]);
    expect(refuse(grown, [0, resize(1, 9), relist(0, 0, 1, 1)])).toMatchObject({
      message: expect.stringContaining('which calls for an unlist'),
      allowed: [unlist(0, 0)],
    });
  });

  test('counts the RAM that an antagonist takes', () => {
    accept(listed(), [0, antagonist(0, 5)]);
    accept(listed(), [0, antagonist(0, 6), unlist(0, 0)]);
    expect(refuse(listed(), [0, antagonist(0, 6)])).toMatchObject({ allowed: [unlist(0, 0)] });
  });

  test('is owed by one that takes no more work', () => {
    accept(listed(), [0, drain(0), unlist(0, 0)]);
    accept(listed(), [0, crash(0), enqueue(1, LOW), unlist(0, 0)]);
    for (const line of [
      [0, drain(0)],
      [0, crash(0), enqueue(1, LOW)],
    ] as const) {
      expect(refuse(listed(), line)).toMatchObject({
        rule: 'idle-list-true',
        entity: 'machine 0',
        message: expect.stringContaining(', is not up and is on the list of shard 0'),
        allowed: [unlist(0, 0)],
      });
    }
    const left = later(listed(), [0, resize(1, 7), unlist(0, 0)]);
    accept(left, [0, drain(0)]);
    expect(refuse(left, [0, drain(0), unlist(0, 0)])).toMatchObject({ allowed: [] });
  });
});

describe('idle-list-true, of an entry', () => {
  test('is refreshed exactly when its memory is off by `memoryDrift`, either way', () => {
    const drifts = listed({ memoryDrift: 3 });
    accept(drifts, [0, resize(1, 2)]);
    accept(drifts, [0, resize(1, 3), relist(0, 0, 7, 1)], [0, finish(1), complete(1), relist(0, 0, 10, 0)]);
    expect(refuse(drifts, [0, resize(1, 2), relist(0, 0, 8, 1)])).toMatchObject({ allowed: [] });
    expect(refuse(drifts, [0, resize(1, 3)])).toMatchObject({
      rule: 'idle-list-true',
      message: expect.stringContaining(
        'machine 0 has 7 MB available and 1 live invocation (enter at 6 MB, leave below 4 MB) and is on the list of shard 0 with 10 MB and 1 function, which calls for a relist',
      ),
      allowed: [relist(0, 0, 7, 1)],
    });
  });

  test('is refreshed exactly when its functions are off by `functionsDrift`, which placements from it are not', () => {
    const drifts = later(
      listed({ functionsDrift: 2 }),
      [0, submit(2, LOW), enqueue(2, LOW)],
      [0, turn(), takes(2, 0)],
      [0, finish(1), complete(1), start(2)],
    );
    accept(drifts, [0, finish(2), complete(2), relist(0, 0, 10, 0)]);
    expect(refuse(drifts, [0, finish(2), complete(2)])).toMatchObject({
      message: expect.stringContaining('0 live invocations'),
      allowed: [relist(0, 0, 10, 0)],
    });
    expect(refuse(drifts, [0, tick, relist(0, 0, 9, 1)])).toMatchObject({ allowed: [] });
  });

  test('is refreshed where it is, with true figures', () => {
    const drifts = listed({ memoryDrift: 3 }, { shards: 2 });
    for (const wrong of [relist(0, 0, 6, 1), relist(0, 0, 7, 0), unlist(0, 0)]) {
      expect(refuse(drifts, [0, resize(1, 3), wrong])).toMatchObject({
        rule: 'idle-list-true',
        entity: 'machine 0',
        allowed: [relist(0, 0, 7, 1)],
      });
    }
    for (const [impossible, why] of [
      [relist(0, 1, 7, 1), 'machine 0 is not on the idle list of shard 1: it is on that of shard 0'],
      [list(0, 0, 7, 1), 'machine 0 is on the idle list of shard 0 already'],
      [relist(0, 0, -1, 1), 'an entry counts available MB and functions in whole numbers from 0'],
    ] as const) {
      expect(refuse(drifts, [0, resize(1, 3), impossible])).toMatchObject({
        rule: 'possible-decision',
        entity: 'machine 0',
        message: expect.stringContaining(why),
        allowed: [relist(0, 0, 7, 1)],
      });
    }
  });

  test('waits until everything else is settled', () => {
    const waits = later(
      listed({ functionsDrift: 1 }),
      [0, submit(2, LOW), enqueue(2, LOW)],
      [0, turn(), takes(2, 0)],
    );
    accept(waits, [0, finish(1), complete(1), start(2), relist(0, 0, 9, 1)]);
    expect(refuse(waits, [0, finish(1), complete(1), relist(0, 0, 9, 1)])).toMatchObject({
      rule: 'idle-list-true',
      message: expect.stringContaining(
        'everything else must be settled first: invocation 2 (class low, ready, 1 MB resident) is in the will-run set',
      ),
      allowed: [start(2)],
    });
    const beside = later(listed(), [0, submit(2, LOW), enqueue(2, LOW)], [0, turn(), takes(2, 0)]);
    accept(beside, [0, resize(1, 10), pageOut(2, 1), unlist(0, 0)]);
    expect(refuse(beside, [0, resize(1, 10), unlist(0, 0)])).toMatchObject({
      rule: 'idle-list-true',
      message: expect.stringContaining('11 MB resident, 0 MB swapped) holds 1 MB more than its RAM'),
      allowed: [pageOut(2, 1)],
    });
  });
});

describe('idle-list-true, of a shard that restarts', () => {
  const twoShards = listed({}, { shards: 2 });

  test('lets those with enough memory join a list again, of any shard, without leaving one', () => {
    accept(twoShards, [0, restart(0), list(0, 0, 9, 1)]);
    accept(twoShards, [0, restart(0), list(0, 1, 9, 1)]);
    expect(refuse(twoShards, [0, restart(0)])).toMatchObject({
      rule: 'idle-list-true',
      entity: 'machine 0',
      message: expect.stringContaining('and is on no list, which calls for a list'),
      allowed: [list(0, 0, 9, 1), list(0, 1, 9, 1)],
    });
    expect(refuse(twoShards, [0, restart(0), unlist(0, 0)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('machine 0 is not on the idle list of shard 0: it is on none'),
    });
  });

  test('forgets those between the thresholds', () => {
    const between = later(twoShards, [0, resize(1, 5)]);
    accept(between, [0, restart(0)]);
    expect(refuse(between, [0, restart(0), list(0, 0, 5, 1)])).toMatchObject({ allowed: [] });
  });

  test('changes nothing at other shards, nor in the queue', () => {
    accept(twoShards, [0, restart(1)]);
    accept(
      twoShards,
      [0, submit(2, LOW), enqueue(2, LOW)],
      [0, restart(0), list(0, 0, 9, 1)],
      [0, turn(), takes(2, 0)],
    );
  });
});

describe('idle-list-true, of a machine that joins the cluster', () => {
  test('lets it join a list in the same step', () => {
    const crashed = later(listed(), [0, crash(0), enqueue(1, LOW), unlist(0, 0)]);
    accept(crashed, [0, join(0, 1, 6, 0), list(0, 0, 6, 0)]);
    accept(crashed, [0, join(0, 1, 5, 0)]);
    accept(crashed, [0, join(1, 1, 6, 0), list(1, 0, 6, 0)]);
    expect(refuse(crashed, [0, join(1, 1, 6, 0)])).toMatchObject({
      rule: 'idle-list-true',
      entity: 'machine 1',
      allowed: [list(1, 0, 6, 0)],
    });
  });
});
