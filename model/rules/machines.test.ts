import { describe, expect, test } from 'vitest';
import { ImpossibleStimulus } from '../input-error.ts';
import type { State } from '../state.ts';
import { availabilityTable } from '../table.ts';
import {
  accept,
  antagonist,
  arrives,
  cluster,
  complete,
  crash,
  drain,
  enqueue,
  finish,
  HIGH,
  join,
  kill,
  type Line,
  LOW,
  later,
  pageIn,
  pageOut,
  polls,
  preempt,
  refuse,
  resize,
  start,
  story,
  submit,
  tick,
  turn,
} from '../testing.ts';

const availability = ({ machines }: State, id: number) =>
  availabilityTable.states[machines[id]!.availability];

describe('a machine that is drained', () => {
  const runs = story(cluster(), ...arrives(0, 1, LOW, start(1)), ...arrives(0, 2, LOW));
  const draining = later(runs, [0, drain(0)]);

  test('is down at once when nobody lives there', () => {
    expect(availability(accept(story(cluster()), [0, drain(0)]).state, 0)).toBe('down');
  });

  test('lets those who live there end, and is down as soon as the last has completed', () => {
    expect(availability(accept(draining).state, 0)).toBe('draining');
    const one = later(draining, [0, finish(1), complete(1), start(2)]);
    expect(availability(accept(one).state, 0)).toBe('draining');
    expect(availability(accept(one, [0, finish(2), complete(2)]).state, 0)).toBe('down');
  });

  test('is down as soon as the last has been killed', () => {
    const one = later(draining, [0, finish(1), complete(1), start(2)]);
    const { state } = accept(one, [0, resize(2, 11), kill(2, 'exceeds-machine')]);
    expect(availability(state, 0)).toBe('down');
  });

  test('takes no new work', () => {
    const queued = later(draining, [0, submit(3, HIGH), enqueue(3, HIGH)]);
    accept(queued, [0, turn()]);
    const isDraining = {
      rule: 'possible-decision',
      entity: 'invocation 3',
      message: expect.stringContaining('machine 0 is draining, and only one that is up takes new work'),
    };
    expect(refuse(queued, [0, turn(), polls(3, 0)])).toMatchObject({ ...isDraining, allowed: [] });
    const two = later(queued, [0, join(1, 1, 10, 5)]);
    accept(two, [0, turn(), polls(3, 1), start(3)]);
    expect(refuse(two, [0, turn(), polls(3, 0)])).toMatchObject({ ...isDraining, allowed: [polls(3, 1)] });
  });

  test('may still lose memory to an antagonist, and crash', () => {
    accept(draining, [0, antagonist(0, 9), pageOut(2, 1)]);
    const { state } = accept(draining, [0, crash(0), enqueue(1, LOW), enqueue(2, LOW)]);
    expect(availability(state, 0)).toBe('down');
  });
});

describe('a machine that crashes', () => {
  test('is down, empty and without antagonist', () => {
    const crashed = story(
      cluster(),
      ...arrives(0, 1, LOW, start(1)),
      [0, antagonist(0, 3)],
      [0, crash(0), enqueue(1, LOW)],
    );
    const { state } = accept(crashed);
    expect(availability(state, 0)).toBe('down');
    expect(state.machines[0]).toMatchObject({ live: [], demand: 0, resident: 0, running: 0, antagonist: 0 });
    accept(crashed, [0, turn()]);
  });

  test('owes nothing when nobody lived there', () => {
    accept(story(cluster()), [0, crash(0)]);
    expect(refuse(story(cluster()), [0, crash(0), enqueue(1, LOW)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('invocation 1 was never submitted'),
    });
  });
});

describe('a machine that joins', () => {
  test('is up and empty, with the size given, under the next unused id', () => {
    const joined = story(cluster(), [0, join(1, 2, 4, 3)]);
    const { state } = accept(joined);
    expect(availability(state, 1)).toBe('up');
    expect(state.machines[1]).toMatchObject({ cores: 2, ram: 4, swap: 3, antagonist: 0, live: [] });
    accept(joined, [0, submit(1, LOW), enqueue(1, LOW)], [0, turn(), polls(1, 1), start(1)]);
  });

  test('comes back from being down with another size, and without its antagonist', () => {
    const back = story(
      cluster({ initialMemory: 4 }),
      [0, antagonist(0, 9)],
      [0, drain(0)],
      [0, join(0, 1, 6, 2)],
      ...arrives(0, 1, LOW, start(1)),
    );
    expect(accept(back).state.machines[0]).toMatchObject({ ram: 6, swap: 2, antagonist: 0 });
    accept(back, ...arrives(0, 2, HIGH, preempt(1), pageOut(1, 2), start(2)));
  });
});

describe('an antagonist', () => {
  const runs = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, resize(1, 4)]);

  test('takes what it takes from now on, not in addition', () => {
    const twice = later(runs, [0, antagonist(0, 6)], [0, antagonist(0, 5)]);
    accept(twice, [0, resize(1, 5)]);
    accept(twice, [0, antagonist(0, 7), preempt(1), pageOut(1, 1)]);
  });

  test('that takes more than there is leaves no RAM, and not less', () => {
    const gone = later(runs, [0, antagonist(0, 1000), preempt(1), pageOut(1, 4)]);
    accept(gone, [0, antagonist(0, 6), pageIn(1, 4), start(1)]);
    expect(refuse(runs, [0, antagonist(0, 1000), preempt(1)])).toMatchObject({
      rule: 'memory-bound',
      allowed: [pageOut(1, 4)],
    });
  });
});

describe('the demand of a machine', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const vast = cluster({
    machines: [{ cores: 2, ram: most - 1, swap: 1 }],
    idle: { enter: most, leave: 0, memoryDrift: 1, functionsDrift: 1 },
  });
  const two = story(vast, ...arrives(0, 1, LOW, start(1)), ...arrives(0, 2, LOW, start(2)));

  const grown: Line = [0, resize(1, most - 1), preempt(2), pageOut(2, 1)];

  test('may be the greatest safe integer, and not more', () => {
    accept(two, grown);
    expect(() => accept(two).step(0, resize(1, most), [])).toThrow(ImpossibleStimulus);
    expect(() => accept(two).step(0, resize(1, most), [])).toThrow(
      'the demand of machine 0 leaves the safe integers (2 MB and 9007199254740990 MB more)',
    );
  });

  test('may not be exceeded by a placement either', () => {
    const full = later(two, grown, [0, submit(3, LOW), enqueue(3, LOW)]);
    accept(full, [0, tick]);
    expect(() => accept(full).step(0, turn(), [polls(3, 0)])).toThrow(ImpossibleStimulus);
  });
});
