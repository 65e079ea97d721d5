import { describe, expect, test } from 'vitest';
import { everywhere } from '../../properties/testing/wander.ts';
import { emptyTally } from '../coverage.ts';
import { Judge } from '../judge.ts';
import {
  accept,
  arrives,
  bill,
  call,
  cluster,
  complete,
  crash,
  drain,
  enqueue,
  finish,
  HIGH,
  kill,
  type Line,
  LOW,
  later,
  MID,
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
import { everybody, invocationOf } from '../unended.ts';
import { inherit } from './admission.ts';
import { ruleSetOf } from './rule-set.ts';

const CLASSES = [LOW, MID, HIGH];
const twoShards = cluster({ shards: 2 });
const twoMachines = cluster({
  machines: [
    { cores: 1, ram: 10, swap: 5 },
    { cores: 1, ram: 10, swap: 5 },
  ],
});

describe('admit', () => {
  test('enqueues a root at the shard and in the class for which it was submitted', () => {
    const booted = story(twoShards);
    accept(booted, [0, submit(1, MID, 1), enqueue(1, MID, 1)]);
    for (const wrong of [enqueue(1, HIGH, 1), enqueue(1, MID, 0), enqueue(1, MID, 1, true), throttle(1)]) {
      expect(refuse(booted, [0, submit(1, MID, 1), wrong])).toMatchObject({
        rule: 'admit',
        entity: 'invocation 1',
        message: expect.stringContaining(
          'invocation 1 (class mid, admission) is owed shard 1, class mid, not degraded',
        ),
        allowed: [enqueue(1, MID, 1)],
      });
    }
    expect(refuse(booted, [0, submit(1, MID, 1), enqueue(1, 7, 1)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('there is no class 7'),
      allowed: [enqueue(1, MID, 1)],
    });
  });

  test('answers for the one that was submitted, once', () => {
    const one = story(twoShards, [0, submit(1, MID), enqueue(1, MID)]);
    for (const [decisions, why, allowed] of [
      [
        [enqueue(1, MID)],
        'invocation 1 is queued, and only one that was just submitted, called, or lost in a crash is enqueued',
        [enqueue(2, LOW)],
      ],
      [[enqueue(3, LOW)], 'invocation 3 was never submitted', [enqueue(2, LOW)]],
      [
        [enqueue(2, LOW), enqueue(2, LOW)],
        'invocation 2 is queued, and only one that was just submitted, called, or lost in a crash is enqueued',
        [],
      ],
    ] as const) {
      expect(refuse(one, [0, submit(2, LOW), ...decisions])).toMatchObject({
        rule: 'possible-decision',
        message: expect.stringContaining(`is refused by possible-decision: ${why};`),
        allowed,
      });
    }
  });

  const pairs = CLASSES.flatMap((own) => CLASSES.map((asked) => [own, asked] as const));
  test.each(pairs)(
    'gives the callee of one in class %i that asks for class %i the higher of both',
    (own, asked) => {
      const runs = story(twoShards, ...arrives(0, 1, own, start(1)));
      const higher = Math.max(own, asked);
      accept(runs, [0, call(1, 9, asked, 1), enqueue(9, higher, 1)]);
      for (const wrong of CLASSES.filter((priceClass) => priceClass !== higher)) {
        expect(refuse(runs, [0, call(1, 9, asked, 1), enqueue(9, wrong, 1)])).toMatchObject({
          rule: 'admit',
          entity: 'invocation 9',
          allowed: [enqueue(9, higher, 1)],
        });
      }
    },
  );

  test('inherits down a chain what was inherited, not what was asked for', () => {
    const calleeRuns = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      [0, call(1, 2, LOW), enqueue(2, HIGH)],
      [0, turn(), polls(2, 0), start(2)],
    );
    accept(calleeRuns, [0, call(2, 3, MID), enqueue(3, HIGH)]);
    expect(refuse(calleeRuns, [0, call(2, 3, MID), enqueue(3, MID)])).toMatchObject({ rule: 'admit' });
  });

  test('lets a trigger inherit nothing', () => {
    const highRuns = story(cluster(), ...arrives(0, 1, HIGH, start(1)));
    accept(highRuns, [0, submit(2, LOW), enqueue(2, LOW)]);
    expect(refuse(highRuns, [0, submit(2, LOW), enqueue(2, HIGH)])).toMatchObject({
      rule: 'admit',
      allowed: [enqueue(2, LOW)],
    });
  });

  describe('of a tenant that spends ahead of pace', () => {
    /** By 1 ms 4 of 100 pico-cents are spent, and 1 would be on pace. */
    const ahead = story(
      cluster({ tenants: [{ budget: 100, period: 100, burstPercent: 0 }] }),
      ...arrives(0, 1, HIGH, start(1)),
    );

    test('degrades a root to the lowest class', () => {
      accept(ahead, [1, submit(2, HIGH), enqueue(2, LOW, 0, true)]);
      for (const wrong of [enqueue(2, HIGH), enqueue(2, HIGH, 0, true), enqueue(2, LOW), throttle(2)]) {
        expect(refuse(ahead, [1, submit(2, HIGH), wrong])).toMatchObject({
          rule: 'admit',
          message: expect.stringContaining('is owed shard 0, class low, degraded'),
          allowed: [enqueue(2, LOW, 0, true)],
        });
      }
    });

    test('marks a root as degraded even if the lowest class is what it asked for', () => {
      accept(ahead, [1, submit(2, LOW), enqueue(2, LOW, 0, true)]);
      expect(refuse(ahead, [1, submit(2, LOW), enqueue(2, LOW)])).toMatchObject({ rule: 'admit' });
    });

    test('keeps all that a degraded one calls in its class, and degraded', () => {
      const degradedRuns = later(
        ahead,
        [1, submit(2, HIGH), enqueue(2, LOW, 0, true)],
        [1, turn(), polls(2, 0)],
        [1, finish(1), complete(1, bill(1, 1, 4)), start(2)],
      );
      const calleeRuns = later(
        degradedRuns,
        [1, call(2, 3, HIGH), enqueue(3, LOW, 0, true)],
        [1, turn(), polls(3, 0), start(3)],
      );
      accept(calleeRuns, [1, call(3, 4, MID), enqueue(4, LOW, 0, true)]);
      for (const wrong of [enqueue(3, HIGH), enqueue(3, LOW), enqueue(3, HIGH, 0, true)]) {
        expect(refuse(degradedRuns, [1, call(2, 3, HIGH), wrong])).toMatchObject({
          rule: 'admit',
          allowed: [enqueue(3, LOW, 0, true)],
        });
      }
    });

    test('keeps one that was lost in a crash degraded', () => {
      const placed = later(ahead, [1, submit(2, HIGH), enqueue(2, LOW, 0, true)], [1, turn(), polls(2, 0)]);
      accept(placed, [1, crash(0), enqueue(1, HIGH), enqueue(2, LOW, 0, true)]);
      expect(refuse(placed, [1, crash(0), enqueue(1, HIGH), enqueue(2, LOW)])).toMatchObject({
        rule: 'admit',
        allowed: [enqueue(2, LOW, 0, true)],
      });
    });
  });

  describe('of those lost in a crash', () => {
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
});

describe('inherit', () => {
  test('holds of everybody that somebody waits for, wherever the rules lead', () => {
    let waits = 0;
    everywhere(40, () => ({
      onStep({ state }) {
        for (const { class: own, degraded, caller } of everybody(state.invocations)) {
          if (caller === null) continue;
          waits++;
          expect(caller.callee?.caller).toBe(caller);
          expect(own).toBeGreaterThanOrEqual(caller.class);
          expect(degraded).toBe(caller.degraded);
        }
      },
    }));
    expect(waits).toBeGreaterThan(10);
  });

  test('is broken by a callee below its caller, whom admit refuses first, if it is asked', () => {
    const runs = story(cluster(), ...arrives(0, 1, HIGH, start(1)));
    const { state } = accept(runs, [0, call(1, 9, LOW), enqueue(9, HIGH)]);
    expect(inherit.applies(state)).toBe(true);
    expect(inherit.breach(state)).toBeNull();
    expect(refuse(runs, [0, call(1, 9, LOW), enqueue(9, MID)])).toMatchObject({ rule: 'admit' });
    const judge = new Judge(runs.config, emptyTally(), ruleSetOf(['inherit']));
    for (const [at, stimulus, ...decisions] of runs.lines) {
      expect(judge.step(at, stimulus, decisions)).toBeNull();
    }
    expect(judge.step(0, call(1, 9, LOW), [enqueue(9, MID)])).toMatchObject({
      rule: 'inherit',
      entity: 'invocation 9',
      decision: null,
      message: expect.stringContaining(
        'invocation 1 (class high, blocked, 1 MB resident) waits for invocation 9 (class mid, queued)',
      ),
    });
  });

  test('is put to the test only by a callee that asks for less than its caller has', () => {
    const runs = story(cluster(), ...arrives(0, 1, MID, start(1)));
    const applies = (asked: number, own: number) =>
      inherit.applies(accept(runs, [0, call(1, 9, asked), enqueue(9, own)]).state);
    expect([applies(LOW, MID), applies(MID, MID), applies(HIGH, HIGH)]).toEqual([true, false, false]);
  });
});

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

  describe('after a crash', () => {
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
        message: expect.stringContaining(
          'invocation 9 is lost, and only one whose callee has ended is woken',
        ),
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
});
