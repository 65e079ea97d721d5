import { describe, expect, test } from 'vitest';
import { emptyTally } from '../coverage.ts';
import { Judge } from '../judge.ts';
import {
  accept,
  arrives,
  call,
  cluster,
  complete,
  drain,
  enqueue,
  finish,
  HIGH,
  kill,
  type Line,
  LOW,
  later,
  polls,
  refuse,
  resize,
  start,
  story,
  submit,
  throttle,
  tick,
  turn,
  wake,
} from '../testing.ts';
import { ruleSetOf } from './rule-set.ts';

describe('answered', () => {
  const runs = story(cluster(), ...arrives(0, 1, HIGH, start(1)), ...arrives(0, 2, HIGH));

  test('is owed for every submit and call', () => {
    expect(refuse(runs, [0, submit(3, LOW)])).toMatchObject({
      rule: 'answered',
      entity: 'invocation 3',
      decision: null,
      message: expect.stringContaining(
        'the submit has no answer yet for invocation 3 (class low, admission)',
      ),
      allowed: [enqueue(3, LOW)],
    });
    expect(refuse(runs, [0, call(1, 3, LOW)])).toMatchObject({
      rule: 'answered',
      entity: 'invocation 3',
      message: expect.stringContaining(
        'the call has no answer yet for invocation 3 (class low, inheritance)',
      ),
      allowed: [enqueue(3, HIGH)],
    });
    expect(refuse(runs, [0, call(1, 3, LOW), start(2)])).toMatchObject({ rule: 'answered' });
    expect(refuse(runs, [0, call(1, 3, LOW), throttle(3)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(
        'invocation 3 awaits inheritance, and only a root that was just submitted is throttled',
      ),
      allowed: [enqueue(3, HIGH)],
    });
  });

  test('is owed by a shard on its turn, when it has work and a machine is up', () => {
    accept(runs, [0, turn()]);
    const queued = later(runs, [0, submit(3, LOW), enqueue(3, LOW)]);
    expect(refuse(queued, [0, turn()])).toMatchObject({
      rule: 'answered',
      entity: 'shard 0',
      message: expect.stringContaining('shard 0 has work and a machine is up, and it placed nothing'),
      allowed: [polls(3, 0)],
    });
    accept(queued, [0, drain(0)], [0, turn()]);
  });

  test('is owed for a finish, before anything else', () => {
    expect(refuse(runs, [0, finish(1)])).toMatchObject({
      rule: 'answered',
      entity: 'invocation 1',
      message: expect.stringContaining(
        'the finish has no answer yet for invocation 1 (class high, finishing,',
      ),
      allowed: [complete(1)],
    });
    expect(refuse(runs, [0, finish(1), start(2)])).toMatchObject({
      rule: 'answered',
      entity: 'invocation 2',
      message: expect.stringContaining('first the finish has no answer yet for invocation 1'),
      allowed: [complete(1)],
    });
  });

  describe('with a callee that ends', () => {
    const calleeRuns = later(
      runs,
      [0, call(1, 9, LOW), enqueue(9, HIGH), start(2)],
      [0, turn(), polls(9, 0)],
      [0, finish(2), complete(2), start(9)],
      ...arrives(0, 3, HIGH),
    );

    test('owes a wake to its caller, before anything else', () => {
      accept(calleeRuns, [0, finish(9), complete(9), wake(1), start(3)]);
      const owed = { rule: 'answered', allowed: [wake(1)] };
      expect(refuse(calleeRuns, [0, finish(9), complete(9)])).toMatchObject({
        ...owed,
        entity: 'invocation 1',
        message: expect.stringContaining(
          'invocation 1 (class high, waking, 1 MB resident) must hear that its callee has ended (ok)',
        ),
      });
      expect(refuse(calleeRuns, [0, finish(9), complete(9), start(3)])).toMatchObject({
        ...owed,
        entity: 'invocation 3',
      });
    });

    test('wakes it with how its callee has ended', () => {
      const killed = kill(9, 'exceeds-machine');
      accept(calleeRuns, [0, resize(9, 11), killed, wake(1, 'failed'), start(3)]);
      for (const [stimulus, end, right, wrong] of [
        [resize(9, 11), killed, 'failed', 'ok'],
        [finish(9), complete(9), 'ok', 'failed'],
      ] as const) {
        expect(refuse(calleeRuns, [0, stimulus, end, wake(1, wrong)])).toMatchObject({
          rule: 'wake-caller',
          entity: 'invocation 1',
          message: expect.stringContaining(`has ended with outcome ${right}`),
          allowed: [wake(1, right)],
        });
      }
    });
  });
});

describe('wake-caller', () => {
  const calls = story(
    cluster(),
    ...arrives(0, 1, HIGH, start(1)),
    [0, call(1, 9, LOW), enqueue(9, HIGH)],
    [0, turn(), polls(9, 0), start(9)],
  );

  test('wakes nobody whose callee goes on', () => {
    expect(refuse(calls, [0, tick, wake(1)])).toMatchObject({
      rule: 'possible-decision',
      entity: 'invocation 1',
      message: expect.stringContaining(
        'invocation 1 is blocked, and only one whose callee has ended is woken; nothing more is permitted',
      ),
      allowed: [],
    });
  });

  test('wakes nobody in a later step', () => {
    const judge = new Judge(calls.config, emptyTally(), ruleSetOf(['wake-caller']));
    const late: Line[] = [...calls.lines, [0, finish(9), complete(9)]];
    for (const [at, stimulus, ...decisions] of late) expect(judge.step(at, stimulus, decisions)).toBeNull();
    expect(judge.step(0, tick, [wake(1)])).toMatchObject({
      rule: 'wake-caller',
      entity: 'invocation 1',
      message: expect.stringContaining(
        'the callee of invocation 1 (class high, waking, 1 MB resident) ended in a step before',
      ),
    });
  });

  test('wakes the caller, nobody else, and once', () => {
    const two = later(calls, ...arrives(0, 2, HIGH));
    const only = 'invocation %s is ready, and only one whose callee has ended is woken';
    expect(refuse(two, [0, finish(9), complete(9), wake(2)])).toMatchObject({
      rule: 'possible-decision',
      entity: 'invocation 2',
      message: expect.stringContaining(only.replace('%s', '2')),
      allowed: [wake(1)],
    });
    expect(refuse(two, [0, finish(9), complete(9), wake(1), wake(1)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(only.replace('%s', '1')),
      allowed: [start(2)],
    });
  });
});
