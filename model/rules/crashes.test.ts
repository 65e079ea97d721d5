import { describe, expect, test } from 'vitest';
import {
  accept,
  arrives,
  call,
  cluster,
  complete,
  crash,
  enqueue,
  finish,
  HIGH,
  kill,
  LOW,
  later,
  MID,
  polls,
  refuse,
  start,
  story,
  submit,
  turn,
  wake,
} from '../testing.ts';
import { invocationOf } from '../unended.ts';

const twoMachines = cluster({
  machines: [
    { cores: 1, ram: 10, swap: 5 },
    { cores: 1, ram: 10, swap: 5 },
  ],
});

describe('admit of those lost in a crash', () => {
  /** 5 runs and 3 waits on machine 0; 4 runs on machine 1. */
  const three = story(
    twoMachines,
    ...arrives(0, 5, HIGH, start(5)),
    ...arrives(0, 3, LOW),
    [0, submit(4, MID), enqueue(4, MID)],
    [0, turn(), polls(4, 1), start(4)],
  );

  test('enqueues all of them again, and nobody else, in the order of their ids', () => {
    accept(three, [0, crash(0), enqueue(3, LOW), enqueue(5, HIGH)]);
    expect(refuse(three, [0, crash(0), enqueue(5, HIGH)])).toMatchObject({
      rule: 'admit',
      entity: 'invocation 5',
      message: expect.stringContaining('invocation 3 was lost too and comes first, in id order'),
      allowed: [enqueue(3, LOW)],
    });
    expect(refuse(three, [0, crash(0), enqueue(3, LOW)])).toMatchObject({
      rule: 'answered',
      entity: 'invocation 5',
      message: expect.stringContaining('the crash has no answer yet for invocation 5 (class high, lost)'),
      allowed: [enqueue(5, HIGH)],
    });
    expect(refuse(three, [0, crash(0), enqueue(4, MID)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(
        'invocation 4 is running, and only one that was just submitted, called, or lost in a crash is enqueued',
      ),
    });
  });

  test('enqueues them as they were', () => {
    for (const wrong of [enqueue(3, HIGH), enqueue(3, LOW, 0, true), kill(3, 'attempts')]) {
      expect(refuse(three, [0, crash(0), wrong])).toMatchObject({
        rule: 'admit',
        message: expect.stringContaining(
          'invocation 3 (class low, lost) is owed shard 0, class low, not degraded',
        ),
        allowed: [enqueue(3, LOW)],
      });
    }
  });

  test('keeps the class that a callee has inherited', () => {
    const calleeRuns = story(
      twoMachines,
      ...arrives(0, 1, HIGH, start(1)),
      [0, call(1, 9, LOW), enqueue(9, HIGH)],
      [0, turn(), polls(9, 1), start(9)],
    );
    const both = [enqueue(9, HIGH), enqueue(9, LOW)] as const;
    accept(calleeRuns, [0, crash(1), both[0]]);
    expect(refuse(calleeRuns, [0, crash(1), both[1]])).toMatchObject({ rule: 'admit' });
    // As an orphan it has nobody to inherit from any more, and keeps it all the same.
    const orphaned = later(calleeRuns, [0, crash(0), enqueue(1, HIGH)]);
    accept(orphaned, [0, crash(1), both[0]]);
    expect(refuse(orphaned, [0, crash(1), both[1]])).toMatchObject({ rule: 'admit' });
  });

  test('counts their wait from the crash', () => {
    const crashed = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      [3, submit(2, LOW), enqueue(2, LOW)],
      [10, crash(0), enqueue(1, HIGH)],
      [10, { type: 'join', machine: 0, cores: 1, ram: 10, swap: 5 }],
    );
    accept(crashed, [12, turn(), polls(2, 0), start(2)]);
    expect(refuse(crashed, [12, turn(), polls(1, 0)])).toMatchObject({
      rule: 'place-greatest',
      message: expect.stringContaining('invocation 2 (class low, price × wait 1 × 9) goes before'),
    });
  });

  test('kills those whose attempts are used up', () => {
    const secondAttempt = story(
      twoMachines,
      ...arrives(0, 1, LOW, start(1)),
      [0, crash(0), enqueue(1, LOW)],
      [0, turn(), polls(1, 1), start(1)],
    );
    accept(secondAttempt, [5, crash(1), kill(1, 'attempts')]);
    expect(refuse(secondAttempt, [5, crash(1), enqueue(1, LOW)])).toMatchObject({
      rule: 'admit',
      entity: 'invocation 1',
      message: expect.stringContaining('invocation 1 has been tried 2 of 2 times'),
      allowed: [kill(1, 'attempts')],
    });
    for (const reason of ['memory', 'exceeds-machine'] as const) {
      expect(refuse(secondAttempt, [5, crash(1), kill(1, reason)])).toMatchObject({
        rule: 'admit',
        allowed: [kill(1, 'attempts')],
      });
    }
  });
});

describe('wake-caller after a crash', () => {
  /** Caller on machine 0, callee on machine 1, in the first of as many attempts as given. */
  const apart = (maxAttempts: number) =>
    story(
      { ...twoMachines, maxAttempts },
      ...arrives(0, 1, HIGH, start(1)),
      [0, call(1, 9, LOW), enqueue(9, HIGH)],
      [0, turn(), polls(9, 1), start(9)],
    );
  /** Caller 9 and callee 1 on machine 0. */
  const together = (maxAttempts: number) =>
    story(
      { ...twoMachines, maxAttempts },
      ...arrives(0, 9, HIGH, start(9)),
      [0, call(9, 1, LOW), enqueue(1, HIGH)],
      [0, turn(), polls(1, 0), start(1)],
    );

  test('lets a caller elsewhere wait for the new attempt', () => {
    const again = later(apart(2), [0, crash(1), enqueue(9, HIGH)], [0, turn(), polls(9, 0), start(9)]);
    accept(again, [0, finish(9), complete(9), wake(1), start(1)]);
    expect(refuse(again, [0, finish(9), complete(9)])).toMatchObject({
      rule: 'answered',
      allowed: [wake(1)],
    });
    expect(refuse(apart(2), [0, crash(1), enqueue(9, HIGH), wake(1, 'failed')])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(
        'invocation 1 is blocked, and only one whose callee has ended is woken',
      ),
      allowed: [],
    });
  });

  test('tells a caller elsewhere that there is no further attempt', () => {
    accept(apart(1), [0, crash(1), kill(9, 'attempts'), wake(1, 'failed'), start(1)]);
    expect(refuse(apart(1), [0, crash(1), kill(9, 'attempts'), wake(1)])).toMatchObject({
      rule: 'wake-caller',
      allowed: [wake(1, 'failed')],
    });
  });

  test('tells it at once, before the next of the lost has its answer', () => {
    const two = later(apart(1), [0, submit(10, LOW), enqueue(10, LOW)], [0, turn(), polls(10, 1)]);
    accept(two, [0, crash(1), kill(9, 'attempts'), wake(1, 'failed'), kill(10, 'attempts'), start(1)]);
    expect(refuse(two, [0, crash(1), kill(9, 'attempts'), kill(10, 'attempts')])).toMatchObject({
      rule: 'answered',
      allowed: [wake(1, 'failed')],
    });
    expect(refuse(two, [0, crash(1), kill(9, 'attempts'), wake(1, 'failed'), start(1)])).toMatchObject({
      rule: 'answered',
      entity: 'invocation 1',
      allowed: [kill(10, 'attempts')],
    });
  });

  test('lets the callee of a lost caller go on as an orphan', () => {
    const orphaned = later(apart(2), [0, crash(0), enqueue(1, HIGH)]);
    accept(orphaned, [0, finish(9), complete(9)]);
    expect(refuse(orphaned, [0, finish(9), complete(9), wake(1)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(
        'invocation 1 is queued, and only one whose callee has ended is woken',
      ),
      allowed: [],
    });
    const queued = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      [0, call(1, 9, LOW), enqueue(9, HIGH)],
      [0, crash(0), enqueue(1, HIGH)],
    );
    expect(invocationOf(accept(queued).state.invocations, 9)).toMatchObject({ caller: null, class: HIGH });
  });

  test('kills those whose attempts are used up in the order of their ids', () => {
    expect(refuse(together(1), [0, crash(0), kill(9, 'attempts')])).toMatchObject({
      rule: 'admit',
      entity: 'invocation 9',
      message: expect.stringContaining('invocation 1 was lost too and comes first, in id order'),
      allowed: [kill(1, 'attempts')],
    });
  });

  test('forgets who waited for whom among those who are lost together', () => {
    accept(together(1), [0, crash(0), kill(1, 'attempts'), kill(9, 'attempts')]);
    expect(refuse(together(1), [0, crash(0), kill(1, 'attempts'), wake(9, 'failed')])).toMatchObject({
      rule: 'possible-decision',
      entity: 'invocation 9',
      message: expect.stringContaining('invocation 9 is lost, and only one whose callee has ended is woken'),
      allowed: [kill(9, 'attempts')],
    });
    const again = later(
      together(2),
      [0, crash(0), enqueue(1, HIGH), enqueue(9, HIGH)],
      [0, turn(), polls(1, 1), start(1)],
      [0, turn(), polls(9, 1)],
    );
    accept(again, [0, finish(1), complete(1), start(9)]);
  });
});
