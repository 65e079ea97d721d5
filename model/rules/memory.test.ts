import { describe, expect, test } from 'vitest';
import { everywhere } from '../../properties/testing/wander.ts';
import type { Decision } from '../alphabet.ts';
import { type Invocation, isBlocked, type Machine, usableRam } from '../entities.ts';
import { PHASE } from '../table.ts';
import {
  accept,
  antagonist,
  arrives,
  call,
  cluster,
  complete,
  enqueue,
  finish,
  HIGH,
  kill,
  LOW,
  later,
  MID,
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
  wake,
} from '../testing.ts';
import { willRunSet } from '../will-run.ts';

/** Those who live on a machine, the lowest by rank first, by the letter of the definition. */
function lowestFirst(machine: Machine): Invocation[] {
  return machine.live
    .map((invocation, arrival) => ({ invocation, arrival }))
    .toSorted(
      (a, b) =>
        a.invocation.class - b.invocation.class ||
        Number(isBlocked(b.invocation)) - Number(isBlocked(a.invocation)) ||
        b.arrival - a.arrival,
    )
    .map(({ invocation }) => invocation);
}

/** The only one that may be killed on a machine, and why, by the letter; null: nobody may. */
function victimByTheLetter(machine: Machine): { id: number; reason: string } | null {
  const both = usableRam(machine) + machine.swap;
  const tooLarge = lowestFirst(machine).find(({ demand }) => demand > machine.ram || demand > both);
  if (tooLarge !== undefined) return { id: tooLarge.id, reason: 'exceeds-machine' };
  const demand = machine.live.reduce((sum, one) => sum + one.demand, 0);
  return demand > both ? { id: lowestFirst(machine)[0]!.id, reason: 'memory' } : null;
}

/** The page-outs that are permitted on a machine, by the letter: of one invocation, in any amount up to the excess. */
function pageOutsByTheLetter(machine: Machine): Decision[] {
  const ram = usableRam(machine);
  const willRun = willRunSet(machine);
  const resident = machine.live.reduce((sum, one) => sum + one.resident, 0);
  const lacking = willRun.reduce((sum, one) => sum + one.demand - one.resident, 0);
  const holders = lowestFirst(machine).filter((one) => one.resident > 0 && !willRun.includes(one));
  const first = holders.find(({ demand }) => demand > ram) ?? holders[0];
  if (first === undefined || first.phase === PHASE.running) return [];
  const most = Math.max(0, Math.min(resident + lacking - ram, first.resident));
  return Array.from({ length: most }, (_, less) => pageOut(first.id, less + 1));
}

describe('memory', () => {
  test('is taken from the one whom the definitions name, and nobody else, in every state that the rules lead to', () => {
    const seen = { victims: 0, pageOuts: 0 };
    everywhere(120, () => ({
      onChoice({ state }, choices) {
        if (state.due.answer !== 'none' || state.due.waking.length > 0) return;
        const machines = state.machines.toSorted((a, b) => a.id - b.id);
        const victims = machines.map(victimByTheLetter).filter((victim) => victim !== null);
        expect(choices.filter(({ type }) => type === 'kill')).toMatchObject(victims);
        seen.victims += victims.length;
        if (victims.length > 0) return;
        const pageOuts = machines.flatMap(pageOutsByTheLetter);
        expect(choices.filter(({ type }) => type === 'pageOut')).toEqual(pageOuts);
        seen.pageOuts += pageOuts.length;
      },
    }));
    expect(seen.victims).toBeGreaterThan(10);
    expect(seen.pageOuts).toBeGreaterThan(10);
  });
});

/** 4 runs; 3 of the middle class, then 1 and 2 of the lowest, wait with 2 MB each of the 10 that there are. */
const loaded = story(
  cluster({ initialMemory: 2 }),
  ...arrives(0, 1, LOW, start(1)),
  ...arrives(0, 2, LOW),
  ...arrives(0, 3, MID, preempt(1), start(3)),
  ...arrives(0, 4, HIGH, preempt(3), start(4)),
);

/** The same with 4 grown to 7 MB: 2 is wholly and 1 partly in swap. */
const pressed = later(loaded, [0, resize(4, 7), pageOut(2, 2), pageOut(1, 1)]);

/** 2 has been swapped out wholly, 5 MB, by 1, which has all of the RAM and is about to call. */
const exchange = story(
  cluster({ initialMemory: 5 }),
  ...arrives(0, 1, HIGH, start(1)),
  ...arrives(0, 2, HIGH),
  [0, resize(1, 10), pageOut(2, 5)],
);

describe('memory-bound', () => {
  test('is owed by a machine that holds more than its RAM', () => {
    accept(loaded, [0, resize(4, 4)]);
    accept(loaded, [0, resize(4, 5), pageOut(2, 1)]);
    expect(refuse(loaded, [0, resize(4, 5)])).toMatchObject({
      rule: 'memory-bound',
      entity: 'machine 0',
      decision: null,
      message: expect.stringContaining(
        'machine 0 (10 MB RAM, 5 MB swap; 11 MB demanded, 11 MB resident, 0 MB swapped) holds 1 MB more than its RAM',
      ),
      allowed: [pageOut(2, 1)],
    });
  });

  test('counts only the RAM that an antagonist leaves', () => {
    accept(loaded, [0, antagonist(0, 2)]);
    accept(loaded, [0, antagonist(0, 3), pageOut(2, 1)]);
    expect(refuse(loaded, [0, antagonist(0, 3)])).toMatchObject({
      rule: 'memory-bound',
      message: expect.stringContaining('machine 0 (10 MB RAM less 3 MB of an antagonist, 5 MB swap;'),
    });
  });

  test('lets an exchange of pages pass through more swap than there is, but not end there', () => {
    const called = [enqueue(9, HIGH), pageOut(1, 5)];
    accept(exchange, [0, call(1, 9, LOW), ...called, pageIn(2, 5), start(2)]);
    expect(refuse(exchange, [0, call(1, 9, LOW), ...called])).toMatchObject({
      rule: 'memory-bound',
      entity: 'machine 0',
      message: expect.stringContaining('10 MB swapped) holds 5 MB more than its swap'),
      allowed: [pageIn(2, 5)],
    });
  });
});

describe('page-out-lowest', () => {
  test('swaps the lowest class first, and in a class the last to come', () => {
    accept(loaded, [0, resize(4, 7), pageOut(2, 2), pageOut(1, 1)]);
    for (const id of [1, 3]) {
      expect(refuse(loaded, [0, resize(4, 7), pageOut(id, 1)])).toMatchObject({
        rule: 'page-out-lowest',
        entity: `invocation ${id}`,
        message: expect.stringContaining(
          'invocation 2 (class low, ready, 2 MB resident) on machine 0 holds RAM and goes first',
        ),
        allowed: [pageOut(2, 2)],
      });
    }
    expect(refuse(loaded, [0, resize(4, 7), pageOut(2, 2), pageOut(3, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      message: expect.stringContaining('invocation 1 (class low, ready, 2 MB resident) on machine 0'),
      allowed: [pageOut(1, 1)],
    });
  });

  test('lets memory go in parts', () => {
    accept(loaded, [0, resize(4, 7), pageOut(2, 1), pageOut(2, 1), pageOut(1, 1)]);
  });

  test('swaps no more than is needed, nor more than there is, nor nothing', () => {
    expect(refuse(loaded, [0, resize(4, 5), pageOut(2, 2)])).toMatchObject({
      rule: 'page-out-lowest',
      message: expect.stringContaining('2 MB is more than the 1 MB by which RAM is over-committed'),
      allowed: [pageOut(2, 1)],
    });
    for (const memory of [3, 0, -1, 0.5]) {
      expect(refuse(loaded, [0, resize(4, 5), pageOut(2, memory)])).toMatchObject({
        rule: 'possible-decision',
        message: expect.stringContaining(
          `${memory} MB is not a part of the 2 MB that invocation 2 holds in RAM, in whole MBs`,
        ),
        allowed: [pageOut(2, 1)],
      });
    }
    expect(refuse(loaded, [0, resize(4, 7), pageOut(2, 3)])).toMatchObject({ allowed: [pageOut(2, 2)] });
    expect(refuse(loaded, [0, resize(4, 5), pageOut(2, 1), pageOut(2, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      allowed: [],
    });
  });

  test('swaps nothing without pressure', () => {
    expect(refuse(pressed, [0, tick, pageOut(1, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      entity: 'invocation 1',
      message: expect.stringContaining('there is no pressure on machine 0'),
      allowed: [],
    });
  });

  test('takes one who is blocked before its equals, though it came first', () => {
    const blocked = story(
      cluster({ initialMemory: 2 }),
      ...arrives(0, 1, MID, start(1)),
      [0, call(1, 9, LOW), enqueue(9, MID)],
      [0, turn(), polls(9, 0), start(9)],
      ...arrives(0, 2, MID),
    );
    accept(blocked, [0, resize(9, 7), pageOut(1, 1)]);
    expect(refuse(blocked, [0, resize(9, 7), pageOut(2, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      message: expect.stringContaining('invocation 1 (class mid, blocked, 2 MB resident) on machine 0'),
      allowed: [pageOut(1, 1)],
    });
  });

  test('takes one who is blocked after everybody of a lower class', () => {
    const blocked = story(
      cluster({ initialMemory: 2, shards: 2 }),
      ...arrives(0, 1, HIGH, start(1)),
      [0, call(1, 9, LOW, 1), enqueue(9, HIGH, 1)],
      ...arrives(0, 2, LOW, start(2)),
      ...arrives(0, 3, LOW),
    );
    accept(blocked, [0, resize(2, 7), pageOut(3, 1)]);
    expect(refuse(blocked, [0, resize(2, 7), pageOut(1, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      allowed: [pageOut(3, 1)],
    });
  });

  test('takes one who is larger than all the RAM there is before everybody else', () => {
    const oversized = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      [0, resize(1, 8)],
      ...arrives(0, 2, LOW),
      ...arrives(0, 3, LOW),
    );
    accept(oversized, [0, antagonist(0, 5), preempt(1), pageOut(1, 5), start(2)]);
    expect(refuse(oversized, [0, antagonist(0, 5), preempt(1), pageOut(3, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      entity: 'invocation 3',
      message: expect.stringContaining('invocation 1 (class high, ready, 8 MB resident) on machine 0'),
      allowed: [pageOut(1, 5), start(2)],
    });
  });

  test('takes the lowest first of those who are all larger than what an antagonist leaves', () => {
    const roomy = story(
      cluster({ machines: [{ cores: 1, ram: 10, swap: 10 }] }),
      ...arrives(0, 1, HIGH, start(1)),
      [0, resize(1, 8)],
      ...arrives(0, 2, LOW),
    );
    accept(roomy, [0, antagonist(0, 12), preempt(1), pageOut(2, 1), pageOut(1, 8)]);
    expect(refuse(roomy, [0, antagonist(0, 12), preempt(1), pageOut(1, 8)])).toMatchObject({
      rule: 'page-out-lowest',
      allowed: [pageOut(2, 1)],
    });
  });

  test('waits until one of lower rank who still runs has been preempted', () => {
    const full = story(
      cluster({ initialMemory: 2, shards: 2, machines: [{ cores: 2, ram: 10, swap: 5 }] }),
      ...arrives(0, 1, HIGH, start(1)),
      ...arrives(0, 4, MID, start(4)),
      [0, resize(1, 6)],
      [0, call(4, 9, LOW, 1), enqueue(9, MID, 1)],
      ...arrives(0, 2, LOW, start(2)),
      [0, submit(3, MID), enqueue(3, MID)],
    );
    accept(full, [0, turn(), polls(3, 0), preempt(2), pageOut(2, 2), start(3)]);
    expect(refuse(full, [0, turn(), polls(3, 0), pageOut(4, 2)])).toMatchObject({
      rule: 'page-out-lowest',
      entity: 'invocation 4',
      message: expect.stringContaining('invocation 2 (class low, running, 2 MB resident) on machine 0'),
      allowed: [preempt(2)],
    });
    expect(refuse(full, [0, turn(), polls(3, 0), pageOut(2, 2)])).toMatchObject({
      rule: 'page-out-lowest',
      message: expect.stringContaining(
        'is refused by page-out-lowest: invocation 2 (class low, running, 2 MB resident) runs;',
      ),
      allowed: [preempt(2)],
    });
  });

  test('treats a grower that is itself the lowest like any other', () => {
    const both = story(
      cluster({ machines: [{ cores: 2, ram: 10, swap: 5 }] }),
      ...arrives(0, 1, HIGH, start(1)),
      ...arrives(0, 2, LOW, start(2)),
    );
    accept(both, [0, resize(2, 10), preempt(2), pageOut(2, 1)]);
    expect(refuse(both, [0, resize(2, 10), preempt(1)])).toMatchObject({ allowed: [preempt(2)] });
  });
});

describe('page-in-to-run', () => {
  test('brings memory back only to run, however much room there is', () => {
    const highEnds = later(pressed, [0, finish(4), complete(4), start(3)]);
    accept(highEnds, [0, finish(3), complete(3), pageIn(1, 1), start(1)]);
    expect(refuse(highEnds, [0, tick, pageIn(1, 1)])).toMatchObject({
      rule: 'page-in-to-run',
      entity: 'invocation 1',
      message: expect.stringContaining(
        'invocation 1 (class low, ready, 2 MB with 1 MB resident) is not in the will-run set of machine 0',
      ),
      allowed: [],
    });
  });

  test('brings back in parts what is lacking, and neither more nor nothing', () => {
    const lowIsLeft = later(
      pressed,
      [0, finish(4), complete(4), start(3)],
      [0, finish(3), complete(3), pageIn(1, 1), start(1)],
    );
    accept(lowIsLeft, [0, finish(1), complete(1), pageIn(2, 1), pageIn(2, 1), start(2)]);
    for (const memory of [3, 0, -1, 1.5]) {
      expect(refuse(lowIsLeft, [0, finish(1), complete(1), pageIn(2, memory)])).toMatchObject({
        rule: 'possible-decision',
        message: expect.stringContaining(
          `${memory} MB is not a part of the 2 MB that invocation 2 has in swap, in whole MBs`,
        ),
        allowed: [pageIn(2, 2)],
      });
    }
    expect(refuse(lowIsLeft, [0, finish(1), complete(1)])).toMatchObject({
      rule: 'run-the-highest',
      allowed: [pageIn(2, 2)],
    });
  });

  test('waits until there is room', () => {
    expect(refuse(exchange, [0, call(1, 9, LOW), enqueue(9, HIGH), pageIn(2, 5)])).toMatchObject({
      rule: 'page-in-to-run',
      message: expect.stringContaining('5 MB is more than the 0 MB free in RAM on machine 0'),
      allowed: [pageOut(1, 5)],
    });
  });

  test('brings nothing back for one who runs, or is queued', () => {
    const queued = later(pressed, [0, submit(5, LOW), enqueue(5, LOW)]);
    for (const [id, why] of [
      [4, '1 MB is not a part of the 0 MB that invocation 4 has in swap, in whole MBs'],
      [5, 'invocation 5 is queued, and only one that lives on a machine has pages to be moved'],
    ] as const) {
      expect(refuse(queued, [0, tick, pageIn(id, 1)])).toMatchObject({
        rule: 'possible-decision',
        message: expect.stringContaining(`${why}; nothing more is permitted in this step`),
      });
    }
  });
});

/** 2 runs, 3 waits in RAM, 1 in swap: 15 MB, which is all of RAM and swap. */
const full = story(
  cluster({ initialMemory: 5 }),
  ...arrives(0, 1, LOW, start(1)),
  ...arrives(0, 2, HIGH, preempt(1), start(2)),
  ...arrives(0, 3, HIGH, pageOut(1, 5)),
);

describe('kill-iff', () => {
  test('kills nobody while RAM and swap hold everybody', () => {
    accept(full);
    expect(refuse(full, [0, tick, kill(1, 'memory')])).toMatchObject({
      rule: 'kill-iff',
      entity: 'invocation 1',
      message: expect.stringContaining('no kill is due on machine 0'),
      allowed: [],
    });
  });

  test('kills the lowest as soon as they do not', () => {
    accept(full, [0, resize(2, 6), kill(1, 'memory'), pageOut(3, 1)]);
    const lowest =
      'on machine 0 (10 MB RAM, 5 MB swap; 16 MB demanded, 11 MB resident, 5 MB swapped) the one to kill is invocation 1 (class low, ready, 5 MB with 0 MB resident) (memory)';
    for (const wrong of [
      kill(3, 'memory'),
      kill(2, 'memory'),
      kill(1, 'exceeds-machine'),
      kill(1, 'attempts'),
    ]) {
      expect(refuse(full, [0, resize(2, 6), wrong])).toMatchObject({
        rule: 'kill-iff',
        message: expect.stringContaining(lowest),
        allowed: [kill(1, 'memory')],
      });
    }
  });

  test('is owed, and comes before all that would settle the machine', () => {
    expect(refuse(full, [0, resize(2, 6)])).toMatchObject({
      rule: 'kill-iff',
      entity: 'machine 0',
      decision: null,
      message: expect.stringContaining('ends without meeting kill-iff: a kill is due on machine 0'),
      allowed: [kill(1, 'memory')],
    });
    expect(refuse(full, [0, resize(2, 6), pageOut(3, 1)])).toMatchObject({
      rule: 'kill-iff',
      entity: 'invocation 3',
      message: expect.stringContaining('first a kill is due on machine 0'),
      allowed: [kill(1, 'memory')],
    });
  });

  test('kills one after the other from the lowest up, and no more than it must', () => {
    const shrunk = [kill(1, 'memory'), kill(3, 'memory')];
    accept(full, [0, antagonist(0, 6), ...shrunk, preempt(2), pageOut(2, 1)]);
    expect(refuse(full, [0, antagonist(0, 6), kill(1, 'memory'), kill(2, 'memory')])).toMatchObject({
      rule: 'kill-iff',
      allowed: [kill(3, 'memory')],
    });
    expect(refuse(full, [0, antagonist(0, 6), ...shrunk, kill(2, 'memory')])).toMatchObject({
      rule: 'kill-iff',
      message: expect.stringContaining('no kill is due on machine 0'),
      allowed: [preempt(2)],
    });
  });

  test('kills one who is blocked before its equals; its callee goes on, and wakes nobody', () => {
    const blocked = story(
      cluster({ initialMemory: 5, shards: 2 }),
      ...arrives(0, 1, HIGH, start(1)),
      [0, call(1, 9, LOW, 1), enqueue(9, HIGH, 1)],
      ...arrives(0, 2, HIGH, start(2)),
      ...arrives(0, 3, HIGH, pageOut(1, 5)),
    );
    expect(refuse(blocked, [0, resize(2, 6), kill(3, 'memory')])).toMatchObject({
      rule: 'kill-iff',
      message: expect.stringContaining('the one to kill is invocation 1 (class high, blocked,'),
      allowed: [kill(1, 'memory')],
    });
    const orphaned = later(
      blocked,
      [0, resize(2, 6), kill(1, 'memory'), pageOut(3, 1)],
      [0, finish(2), complete(2), pageIn(3, 1), start(3)],
      [0, turn(1), polls(9, 0, [0], 1)],
      [0, finish(3), complete(3), start(9)],
    );
    accept(orphaned, [0, finish(9), complete(9)]);
    expect(refuse(orphaned, [0, finish(9), complete(9), wake(1)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('invocation 1 has ended'),
      allowed: [],
    });
  });

  describe('of one who could never fit', () => {
    /** 3, of the highest class, runs beside 1 and 2 of the lowest, with 2 MB each. */
    const three = story(
      cluster({ initialMemory: 2 }),
      ...arrives(0, 1, LOW, start(1)),
      ...arrives(0, 2, LOW),
      ...arrives(0, 3, HIGH, preempt(1), start(3)),
    );

    test('spares one who has exactly all of the RAM', () => {
      accept(three, [0, resize(3, 10), pageOut(2, 2), pageOut(1, 2)]);
    });

    test('kills it alone, though swap would hold everybody', () => {
      accept(three, [0, resize(3, 11), kill(3, 'exceeds-machine'), start(1)]);
      for (const wrong of [kill(2, 'memory'), kill(3, 'memory')]) {
        expect(refuse(three, [0, resize(3, 11), wrong])).toMatchObject({
          rule: 'kill-iff',
          message: expect.stringContaining(
            'the one to kill is invocation 3 (class high, running, 11 MB resident) (exceeds-machine)',
          ),
          allowed: [kill(3, 'exceeds-machine')],
        });
      }
    });

    test('kills it first, though it is the highest and together they exceed RAM and swap too', () => {
      accept(three, [0, resize(3, 12), kill(3, 'exceeds-machine'), start(1)]);
      expect(refuse(three, [0, resize(3, 12), kill(2, 'memory')])).toMatchObject({
        rule: 'kill-iff',
        allowed: [kill(3, 'exceeds-machine')],
      });
    });

    /** The same with 3 grown to 8 MB, and 2 in swap, of which there is less. */
    const grown = later(
      story(
        cluster({ initialMemory: 2, machines: [{ cores: 1, ram: 10, swap: 3 }] }),
        ...three.lines.slice(1),
      ),
      [0, resize(3, 8), pageOut(2, 2)],
    );

    test('kills one who fits into the RAM of the machine, when an antagonist leaves too little for it', () => {
      accept(grown, [0, antagonist(0, 5), kill(2, 'memory'), kill(1, 'memory'), preempt(3), pageOut(3, 3)]);
      accept(grown, [0, antagonist(0, 6), kill(3, 'exceeds-machine'), start(1)]);
      expect(refuse(grown, [0, antagonist(0, 6), kill(2, 'memory')])).toMatchObject({
        rule: 'kill-iff',
        allowed: [kill(3, 'exceeds-machine')],
      });
    });

    test('goes on to kill for memory when that was not enough', () => {
      const both = [kill(3, 'exceeds-machine'), kill(2, 'memory')];
      accept(grown, [0, antagonist(0, 10), ...both, pageOut(1, 2)]);
      expect(refuse(grown, [0, antagonist(0, 10), both[0]!, kill(1, 'memory')])).toMatchObject({
        rule: 'kill-iff',
        allowed: [kill(2, 'memory')],
      });
    });

    test('kills the lowest first of several such', () => {
      const two = later(
        story(cluster({ initialMemory: 2, machines: [{ cores: 1, ram: 10, swap: 3 }] })),
        ...arrives(0, 1, LOW, start(1)),
        [0, resize(1, 4)],
        ...arrives(0, 3, HIGH, preempt(1), start(3)),
        [0, resize(3, 5)],
      );
      accept(two, [0, antagonist(0, 10), kill(1, 'exceeds-machine'), kill(3, 'exceeds-machine')]);
      expect(refuse(two, [0, antagonist(0, 10), kill(3, 'exceeds-machine')])).toMatchObject({
        rule: 'kill-iff',
        allowed: [kill(1, 'exceeds-machine')],
      });
    });
  });

  test('kills nobody who lives on no machine, and nobody twice', () => {
    const queued = later(
      full,
      [0, resize(2, 6), kill(1, 'memory'), pageOut(3, 1)],
      [0, submit(4, LOW), enqueue(4, LOW)],
    );
    expect(refuse(queued, [0, tick, kill(4, 'memory')])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(
        'invocation 4 is queued, and only one that lives on a machine, or was lost in a crash, is killed',
      ),
    });
    expect(refuse(queued, [0, tick, kill(1, 'memory')])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('invocation 1 has ended'),
    });
  });
});
