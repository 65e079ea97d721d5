import { describe, expect, test } from 'vitest';
import {
  antagonist,
  arrives,
  call,
  cluster,
  complete,
  enqueue,
  evict,
  finish,
  HIGH,
  type Line,
  LOW,
  later,
  MID,
  pageIn,
  pageOut,
  polls,
  preempt,
  resize,
  start,
  story,
  tick,
  turn,
  wake,
} from '../../model/testing.ts';
import { assessed } from '../testing/assessed.ts';

const property = 'bounded-preemption';
const runs = story(cluster(), ...arrives(0, 1, LOW, start(1)));
const pushedAside = later(runs, ...arrives(0, 2, HIGH, preempt(1), start(2)));
const goesOn: Line = [0, finish(2), complete(2), start(1)];
const messageOf = (...lines: readonly Line[]) => assessed(property, later(runs, ...lines)).finding?.message;

describe('bounded preemption', () => {
  test('lets each of a higher class that comes preempt one once', () => {
    const again = later(pushedAside, goesOn, ...arrives(0, 3, MID, preempt(1), start(3)));
    expect(assessed(property, again)).toEqual({ finding: null, met: 2 });
  });

  test('is broken by one that is preempted for nobody', () => {
    expect(messageOf([0, tick, preempt(1)])).toContain(
      'invocation 1 was preempted 1 time on machine 0, where 0 things happened that could take its core',
    );
  });

  test('is broken by one that is preempted twice for the same one', () => {
    const twice = later(pushedAside, goesOn, [0, tick, preempt(1)]);
    expect(assessed(property, twice).finding?.message ?? 'nothing').toContain(
      'was preempted 2 times on machine 0, where 1',
    );
  });

  test('does not count those of its own class that come later, nor those of a lower one', () => {
    expect(messageOf(...arrives(0, 2, LOW, preempt(1), start(2)))).toContain('where 0 things');
    const high = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      ...arrives(0, 2, LOW, preempt(1), start(2)),
    );
    expect(assessed(property, high).finding?.entity).toBe('invocation 1');
  });

  test('counts those of its class that it finds, and its own growth', () => {
    const config = cluster({ machines: [{ cores: 2, ram: 10, swap: 5 }] });
    const behind = story(config, ...arrives(0, 1, LOW, start(1)), ...arrives(0, 2, LOW, start(2)));
    expect(assessed(property, later(behind, [0, finish(1), complete(1), preempt(2)])).finding).toBeNull();
    expect(assessed(property, later(runs, [0, resize(1, 9), preempt(1)])).finding).toBeNull();
    expect(assessed(property, later(runs, [0, antagonist(0, 10), preempt(1)])).finding).toBeNull();
  });

  test('does not count what happens on another machine, or to one of a lower class', () => {
    const twoMachines = cluster({ machines: [0, 1].map(() => ({ cores: 1, ram: 10, swap: 5 })) });
    const told = story(twoMachines, ...arrives(0, 1, LOW, start(1)));
    expect(assessed(property, later(told, [0, antagonist(1, 5), preempt(1)])).finding).not.toBeNull();
    const lower = story(
      cluster({ machines: [{ cores: 2, ram: 10, swap: 5 }] }),
      ...arrives(0, 1, HIGH, start(1)),
      ...arrives(0, 2, LOW, start(2)),
    );
    expect(assessed(property, later(lower, [0, resize(2, 3), preempt(1)])).finding?.entity).toBe(
      'invocation 1',
    );
  });

  test('lets one lose RAM at its coming, and afterwards once for each that can take it', () => {
    const full = story(cluster({ initialMemory: 2 }), ...arrives(0, 1, HIGH, start(1)), [0, resize(1, 9)]);
    const loses = later(full, ...arrives(0, 2, LOW, pageOut(2, 1)));
    expect(assessed(property, loses)).toEqual({ finding: null, met: 1 });
    // It has found one there, so it may lose RAM once more.
    const more = later(loses, [0, tick, pageOut(2, 1)], [0, tick, pageIn(2, 1)]);
    expect(assessed(property, more).finding).toBeNull();
    expect(assessed(property, later(more, [0, tick, pageOut(2, 1)])).finding?.message ?? 'nothing').toContain(
      'invocation 2 lost RAM in 3 steps on machine 0, where 2 things happened that could take its RAM',
    );
  });

  test('lets each of its class that comes take RAM from it, but no core', () => {
    const equals = later(runs, ...arrives(0, 2, LOW), [0, tick, pageOut(1, 1)], [0, tick, pageIn(1, 1)]);
    const twice = later(equals, [0, tick, pageOut(1, 1)]);
    expect(assessed(property, twice).finding).toBeNull();
    const thrice = later(twice, [0, tick, pageIn(1, 1)], [0, tick, pageOut(1, 1)]);
    expect(assessed(property, thrice).finding?.message ?? 'nothing').toContain(
      'lost RAM in 3 steps on machine 0, where 2 things happened that could take its RAM',
    );
    expect(assessed(property, later(equals, [0, tick, preempt(1)])).finding?.message ?? 'nothing').toContain(
      'preempted 1 time on machine 0, where 0 things',
    );
  });

  test('lets those that it finds when it blocks take RAM from it, and those that it finds when it wakes its core', () => {
    const behind = later(runs, ...arrives(0, 2, LOW));
    const blocked = later(behind, [0, call(1, 3, LOW), enqueue(3, LOW), start(2)]);
    const loses: Line[] = [
      [0, tick, pageOut(1, 1)],
      [0, tick, pageIn(1, 1)],
    ];
    // At its own coming, at that of 2, and when it blocks.
    const often = later(blocked, ...loses, ...loses, ...loses);
    expect(assessed(property, often).finding).toBeNull();
    expect(assessed(property, later(often, ...loses)).finding?.message ?? 'nothing').toContain(
      'lost RAM in 4 steps',
    );
    const woken = later(
      blocked,
      [0, turn(), polls(3, 0)],
      [0, finish(2), complete(2), start(3)],
      ...arrives(0, 4, LOW),
      [0, finish(3), complete(3), wake(1), start(1)],
    );
    const preempted = later(woken, [0, tick, preempt(1)], [0, tick, start(1)]);
    expect(assessed(property, preempted).finding).toBeNull();
    expect(
      assessed(property, later(preempted, [0, tick, preempt(1)])).finding?.message ?? 'nothing',
    ).toContain('preempted 2 times on machine 0, where 1 thing');
  });

  test('begins anew where one is evicted and comes again', () => {
    const config = cluster({ words: ['evictions'] });
    const evicted = story(
      config,
      ...arrives(0, 1, LOW, start(1)),
      ...arrives(0, 2, HIGH, preempt(1), start(2)),
      [0, tick, evict(1)],
      [0, turn(), polls(1, 0)],
      [0, finish(2), complete(2), start(1)],
    );
    // It finds 2 there, which then leaves.
    const preempted = later(evicted, [0, tick, preempt(1)], [0, tick, start(1)]);
    expect(assessed(property, preempted)).toEqual({ finding: null, met: 2 });
    expect(
      assessed(property, later(preempted, [0, tick, preempt(1)])).finding?.message ?? 'nothing',
    ).toContain('preempted 2 times on machine 0, where 1 thing');
  });

  test('does not ask of one that cannot run for want of RAM', () => {
    const tooLarge = later(runs, [0, resize(1, 9)], [0, antagonist(0, 5), preempt(1), pageOut(1, 4)]);
    const again = [1, 2, 3, 4].map((): Line => [0, tick, pageOut(1, 1)]);
    expect(assessed(property, later(tooLarge, ...again)).finding).toBeNull();
  });
});
