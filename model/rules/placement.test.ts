import { describe, expect, test } from 'vitest';
import { everywhere } from '../../properties/testing/wander.ts';
import { emptyTally } from '../coverage.ts';
import type { Invocation } from '../entities.ts';
import { Judge } from '../judge.ts';
import type { State } from '../state.ts';
import { PHASE } from '../table.ts';
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
  LOW,
  later,
  list,
  pageOut,
  polls,
  preempt,
  refuse,
  resize,
  start,
  story,
  submit,
  takes,
  tick,
  turn,
} from '../testing.ts';
import { invocationOf } from '../unended.ts';
import { boundedOvertaking } from './placement.ts';
import { ruleSetOf } from './rule-set.ts';

/** Whom a shard must place, by the letter: the greatest price × wait of all who are queued there. */
function nextByTheLetter({ config, now, byPhase }: State, shard: number): Invocation {
  const product = ({ class: priceClass, enqueuedAt }: Invocation) =>
    BigInt(config.classes[priceClass]!.price) * BigInt(now - enqueuedAt);
  const [best, ...others] = byPhase[PHASE.queued]!.filter((one) => one.shard === shard);
  return others.reduce((winner, one) => {
    const [ours, theirs] = [product(one), product(winner)];
    return ours > theirs || (ours === theirs && one.class > winner.class) ? one : winner;
  }, best!);
}

describe('place-greatest', () => {
  test('names one alone, who has the greatest price × wait of its shard, wherever the rules lead', () => {
    let contested = 0;
    everywhere(40, () => ({
      onChoice({ state }, choices) {
        if (state.due.answer !== 'turn') return;
        if (state.shards[state.due.shard]!.queued > 1) contested++;
        const placed = new Set(choices.map((choice) => (choice.type === 'place' ? choice.id : -1)));
        expect(placed.size).toBe(1);
        const next = nextByTheLetter(state, state.due.shard);
        const [id] = placed;
        // Of equals in one queue the first to come goes first, which the times alone do not tell.
        expect(invocationOf(state.invocations, id!)).toMatchObject({
          class: next.class,
          enqueuedAt: next.enqueuedAt,
        });
      },
    }));
    expect(contested).toBeGreaterThan(10);
  });

  /** 1 of price 1 waits from 0 on, 2 of price 4 from 6 on. */
  const two = story(cluster(), [0, submit(1, LOW), enqueue(1, LOW)], [6, submit(2, HIGH), enqueue(2, HIGH)]);

  test('lets a cheap one that has waited long go before a dear one that has not', () => {
    accept(two, [7, turn(), polls(1, 0), start(1)]);
    expect(refuse(two, [7, turn(), polls(2, 0)])).toMatchObject({
      rule: 'place-greatest',
      entity: 'invocation 2',
      message: expect.stringContaining(
        'invocation 1 (class low, price × wait 1 × 7) goes before invocation 2 (class high, price × wait 4 × 1)',
      ),
      allowed: [polls(1, 0)],
    });
  });

  test('lets a dear one go first as soon as its product is greater, or the same', () => {
    accept(two, [9, turn(), polls(2, 0), start(2)]);
    accept(two, [8, turn(), polls(2, 0), start(2)]);
    expect(refuse(two, [8, turn(), polls(1, 0)])).toMatchObject({
      rule: 'place-greatest',
      message: expect.stringContaining(
        'invocation 2 (class high, price × wait 4 × 2) goes before invocation 1 (class low, price × wait 1 × 8)',
      ),
      allowed: [polls(2, 0)],
    });
  });

  test('lets the higher class go first of those who have not waited at all', () => {
    const both = story(
      cluster(),
      [0, submit(1, LOW), enqueue(1, LOW)],
      [0, submit(2, HIGH), enqueue(2, HIGH)],
    );
    accept(both, [0, turn(), polls(2, 0), start(2)]);
    expect(refuse(both, [0, turn(), polls(1, 0)])).toMatchObject({
      rule: 'place-greatest',
      allowed: [polls(2, 0)],
    });
  });

  test('compares products exactly, where floating point would see a tie', () => {
    const n = 2 ** 27;
    expect(n * n).toBe((n + 1) * (n - 1));
    const vast = story(
      cluster({
        classes: [
          { name: 'cheap', price: n },
          { name: 'dear', price: n + 1 },
        ],
      }),
      [0, submit(1, 0), enqueue(1, 0)],
      [1, submit(2, 1), enqueue(2, 1)],
    );
    accept(vast, [n, turn(), polls(1, 0), start(1)]);
    expect(refuse(vast, [n, turn(), polls(2, 0)])).toMatchObject({
      rule: 'place-greatest',
      allowed: [polls(1, 0)],
    });
  });

  test('serves a class in the order in which it was enqueued', () => {
    const one = story(cluster(), [0, submit(2, LOW), enqueue(2, LOW)], [0, submit(1, LOW), enqueue(1, LOW)]);
    accept(one, [5, turn(), polls(2, 0), start(2)]);
    expect(refuse(one, [5, turn(), polls(1, 0)])).toMatchObject({
      rule: 'place-greatest',
      message: expect.stringContaining(
        'invocation 2 (class low, queued) came before it in the queue of class low',
      ),
      allowed: [polls(2, 0)],
    });
  });

  test('places one of the shard whose turn it is, in its name', () => {
    const apart = story(
      cluster({ shards: 2 }),
      [0, submit(1, LOW), enqueue(1, LOW)],
      [0, submit(2, HIGH, 1), enqueue(2, HIGH, 1)],
    );
    accept(apart, [0, turn(0), polls(1, 0), start(1)]);
    for (const [wrong, rule, why] of [
      [polls(2, 0, [0], 1), 'place-greatest', 'it is the turn of shard 0'],
      [polls(1, 0, [0], 1), 'possible-decision', 'invocation 1 is queued at shard 0, not at shard 1'],
      [polls(2, 0), 'possible-decision', 'invocation 2 is queued at shard 1, not at shard 0'],
      [polls(3, 0), 'possible-decision', 'invocation 3 was never submitted'],
    ] as const) {
      expect(refuse(apart, [0, turn(0), wrong])).toMatchObject({
        rule,
        message: expect.stringContaining(why),
        allowed: [polls(1, 0)],
      });
    }
  });

  test('places one a turn, and nobody without a turn', () => {
    const both = story(
      cluster(),
      [0, submit(1, LOW), enqueue(1, LOW)],
      [0, submit(2, HIGH), enqueue(2, HIGH)],
    );
    for (const [line, id] of [
      [[0, turn(), polls(2, 0), polls(1, 0)], 1],
      [[0, tick, polls(2, 0)], 2],
    ] as const) {
      expect(refuse(both, line)).toMatchObject({
        rule: 'place-greatest',
        entity: `invocation ${id}`,
        message: expect.stringContaining('it answers no turn: a turn places one function at most'),
      });
    }
  });

  test('places nobody who has a place', () => {
    const placed = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, submit(2, LOW), enqueue(2, LOW)]);
    expect(refuse(placed, [0, turn(), polls(1, 0)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('invocation 1 is running, and only one that is queued is placed'),
      allowed: [polls(2, 0)],
    });
  });
});

const SIZE = { cores: 1, ram: 10, swap: 5 };
const NEVER = 1_000_000;

describe('place-least-loaded', () => {
  describe('with machines on the idle list', () => {
    const config = cluster({
      machines: [SIZE, SIZE],
      shards: 2,
      idle: { enter: 5, leave: 0, memoryDrift: NEVER, functionsDrift: NEVER },
    });
    const bothListed = story(
      config,
      [0, { type: 'boot' }, list(0, 0, 10, 0), list(1, 0, 10, 0)],
      [0, submit(1, LOW), enqueue(1, LOW)],
      [0, submit(2, LOW), enqueue(2, LOW)],
      [0, submit(3, LOW), enqueue(3, LOW)],
    );

    test('takes any of the entries with the fewest functions, and counts its own placements', () => {
      accept(bothListed, [0, turn(), takes(1, 0), start(1)], [0, turn(), takes(2, 1), start(2)]);
      const onOne = later(bothListed, [0, turn(), takes(1, 1), start(1)]);
      accept(onOne, [0, turn(), takes(2, 0), start(2)]);
      expect(refuse(onOne, [0, turn(), takes(2, 1)])).toMatchObject({
        rule: 'place-least-loaded',
        entity: 'invocation 2',
        message: expect.stringContaining(
          'of the machines on the idle list of shard 0 (machine 0 with 0, machine 1 with 1) another has fewer than 1 function',
        ),
        allowed: [takes(2, 0)],
      });
    });

    test('goes by what the entries say, though the machines know better', () => {
      const emptied = later(
        bothListed,
        [0, turn(), takes(1, 0), start(1)],
        [0, turn(), takes(2, 1), start(2)],
        [0, finish(1), complete(1)],
      );
      accept(emptied, [0, turn(), takes(3, 0), start(3)]);
      accept(emptied, [0, turn(), takes(3, 1)]);
      const three = later(emptied, [0, turn(), takes(3, 0), start(3)], [0, submit(4, LOW), enqueue(4, LOW)]);
      // Both machines hold one; the entry of the first says two.
      expect(refuse(three, [0, turn(), takes(4, 0)])).toMatchObject({ allowed: [takes(4, 1)] });
    });

    test('polls nobody', () => {
      expect(refuse(bothListed, [0, turn(), polls(1, 0)])).toMatchObject({
        rule: 'place-least-loaded',
        message: expect.stringContaining(
          'the idle list of shard 0 is not empty: it names machine 0 with 0, machine 1 with 0',
        ),
        allowed: [takes(1, 0), takes(1, 1)],
      });
    });

    test('takes none from the list of another shard, and none that there is not', () => {
      const apart = story(
        config,
        [0, { type: 'boot' }, list(0, 0, 10, 0), list(1, 1, 10, 0)],
        [0, submit(1, LOW), enqueue(1, LOW)],
      );
      accept(apart, [0, turn(), takes(1, 0), start(1)]);
      for (const [machine, rule, why] of [
        [
          1,
          'place-least-loaded',
          'machine 1 is not on the idle list of shard 0, which names machine 0 with 0',
        ],
        [2, 'possible-decision', 'there is no machine 2'],
      ] as const) {
        expect(refuse(apart, [0, turn(), takes(1, machine)])).toMatchObject({
          rule,
          entity: 'invocation 1',
          message: expect.stringContaining(why),
          allowed: [takes(1, 0)],
        });
      }
    });
  });

  describe('with an empty idle list', () => {
    const config = cluster({ machines: [SIZE, SIZE, SIZE], kMachines: 2 });
    const queued = story(config, [0, submit(1, LOW), enqueue(1, LOW)], [0, submit(2, LOW), enqueue(2, LOW)]);

    test('takes one from no list', () => {
      expect(refuse(queued, [0, turn(), takes(1, 0)])).toMatchObject({
        rule: 'place-least-loaded',
        message: expect.stringContaining('machine 0 is not on the idle list of shard 0, which names none'),
      });
    });

    test('polls any kMachines distinct machines, in any order, and takes one of them', () => {
      for (const polled of [
        [0, 1],
        [1, 0],
        [0, 2],
        [2, 1],
      ]) {
        for (const machine of polled) accept(queued, [0, turn(), polls(1, machine, polled), start(1)]);
      }
      for (const polled of [[0], [0, 1, 2], [0, 0], [0, 3], [], [-1, 0]]) {
        expect(refuse(queued, [0, turn(), polls(1, 0, polled)])).toMatchObject({
          rule: 'place-least-loaded',
          message: expect.stringContaining('a poll takes 2 distinct machines of the 3 that are up'),
        });
      }
      expect(refuse(queued, [0, turn(), polls(1, 0, [1, 2])])).toMatchObject({
        rule: 'place-least-loaded',
        message: expect.stringContaining('of the machines polled (1, 2) machine 0'),
      });
    });

    test('takes the one with the fewest that live there, of those that were polled', () => {
      const one = later(queued, [0, turn(), polls(1, 0, [0, 1]), start(1)]);
      accept(one, [0, turn(), polls(2, 1, [0, 1]), start(2)]);
      accept(one, [0, turn(), polls(2, 2, [0, 2]), start(2)]);
      expect(refuse(one, [0, turn(), polls(2, 0, [0, 1])])).toMatchObject({
        rule: 'place-least-loaded',
        entity: 'invocation 2',
        message: expect.stringContaining(
          'of the machines polled (0, 1) machine 0 with 1 live invocation does not have the fewest',
        ),
        allowed: [polls(2, 1, [0, 1]), polls(2, 2, [0, 2]), polls(2, 1, [1, 2]), polls(2, 2, [1, 2])],
      });
    });

    test('counts everybody who lives there: who runs, who waits, who is blocked, who is in swap', () => {
      const busy = story(
        cluster({ machines: [SIZE, SIZE], kMachines: 2, initialMemory: 2 }),
        [0, submit(1, LOW), enqueue(1, LOW)],
        [0, turn(), polls(1, 0, [0, 1]), start(1)],
        [0, submit(2, HIGH), enqueue(2, HIGH)],
        [0, turn(), polls(2, 1, [0, 1]), start(2)],
        [0, submit(3, HIGH), enqueue(3, HIGH)],
        [0, turn(), polls(3, 0, [0, 1]), preempt(1), start(3)],
        [0, resize(3, 10), pageOut(1, 2)],
        [0, call(2, 4, LOW), enqueue(4, HIGH)],
      );
      accept(busy, [0, turn(), polls(4, 1, [0, 1]), start(4)]);
      expect(refuse(busy, [0, turn(), polls(4, 0, [0, 1])])).toMatchObject({
        message: expect.stringContaining('machine 0 with 2 live invocations does not have the fewest'),
      });
      const even = later(
        busy,
        [0, turn(), polls(4, 1, [0, 1]), start(4)],
        [0, submit(5, LOW), enqueue(5, LOW)],
      );
      accept(even, [0, turn(), polls(5, 0, [0, 1]), pageOut(5, 2)]);
      accept(even, [0, turn(), polls(5, 1, [0, 1])]);
    });

    test('polls all that are up when there are no more than kMachines, and none that is not', () => {
      const drained = later(queued, [0, drain(1)]);
      accept(drained, [0, turn(), polls(1, 0, [0, 2]), start(1)]);
      for (const polled of [[0], [0, 1], [0, 1, 2]]) {
        expect(refuse(drained, [0, turn(), polls(1, 0, polled)])).toMatchObject({
          rule: 'place-least-loaded',
          message: expect.stringContaining('a poll takes 2 distinct machines of the 2 that are up'),
        });
      }
      const last = later(drained, [0, drain(2)]);
      accept(last, [0, turn(), polls(1, 0, [0]), start(1)]);
      expect(refuse(last, [0, turn(), polls(1, 1, [1])])).toMatchObject({
        rule: 'possible-decision',
        message: expect.stringContaining('machine 1 is down, and only one that is up takes new work'),
        allowed: [polls(1, 0, [0])],
      });
    });
  });
});

describe('bounded-overtaking', () => {
  const two = story(cluster(), [0, submit(1, LOW), enqueue(1, LOW)], [6, submit(2, HIGH), enqueue(2, HIGH)]);

  test('holds when the one with the greatest price × wait was placed', () => {
    const { state } = accept(two, [9, turn(), polls(2, 0), start(2)]);
    expect(boundedOvertaking.applies(state)).toBe(true);
    expect(boundedOvertaking.breach(state)).toBeNull();
    expect(boundedOvertaking.applies(accept(two).state)).toBe(false);
  });

  test('is broken by one who waits with a greater product, whom place-greatest puts first, if it is asked', () => {
    expect(refuse(two, [7, turn(), polls(2, 0), start(2)])).toMatchObject({ rule: 'place-greatest' });
    const judgeOfTwo = () => {
      const judge = new Judge(two.config, emptyTally(), ruleSetOf(['bounded-overtaking']));
      for (const [at, stimulus, ...decisions] of two.lines) {
        expect(judge.step(at, stimulus, decisions)).toBeNull();
      }
      return judge;
    };
    // 4 × 2 is exactly 1 × 8, and whichever goes first overtakes nobody.
    expect(judgeOfTwo().step(8, turn(), [polls(2, 0)])).toBeNull();
    expect(judgeOfTwo().step(8, turn(), [polls(1, 0)])).toBeNull();
    expect(judgeOfTwo().step(7, turn(), [polls(2, 0)])).toMatchObject({
      rule: 'bounded-overtaking',
      entity: 'invocation 1',
      decision: null,
      message: expect.stringContaining(
        'invocation 2 was placed with price × wait 4 × 1 while invocation 1 (class low, price × wait 1 × 7) waits',
      ),
    });
    // Also of two that are placed in one step, and also without a turn.
    expect(judgeOfTwo().step(7, tick, [polls(2, 0), polls(1, 0)])).toBeNull();
  });
});
