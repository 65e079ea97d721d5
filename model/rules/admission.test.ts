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
  enqueue,
  finish,
  HIGH,
  LOW,
  later,
  MID,
  polls,
  refuse,
  start,
  story,
  submit,
  throttle,
  turn,
} from '../testing.ts';
import { everybody } from '../unended.ts';
import { inherit } from './admission.ts';
import { ruleSetOf } from './rule-set.ts';

const CLASSES = [LOW, MID, HIGH];
const twoShards = cluster({ shards: 2 });

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
