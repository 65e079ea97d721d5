import { describe, expect, test } from 'vitest';
import { everywhere } from '../../properties/testing/wander.ts';
import { type Invocation, isBlocked, type Machine, usableRam } from '../entities.ts';
import { IMAGE, PHASE } from '../table.ts';
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
import { invocationOf } from '../unended.ts';
import { willRunSet } from '../will-run.ts';
import { runResident, runTheHighest } from './running.ts';

const twoCores = cluster({ machines: [{ cores: 2, ram: 10, swap: 5 }] });

/** The will-run set by the letter of its definition: rank, sums and all worked out afresh for each. */
function willRunByTheLetter(machine: Machine): Invocation[] {
  const ram = usableRam(machine);
  const byRank = machine.live
    .map((invocation, arrival) => ({ invocation, arrival }))
    .toSorted(
      (a, b) =>
        b.invocation.class - a.invocation.class ||
        Number(isBlocked(a.invocation)) - Number(isBlocked(b.invocation)) ||
        a.arrival - b.arrival,
    )
    .map(({ invocation }) => invocation);
  const taken: Invocation[] = [];
  for (const one of byRank) {
    if (isBlocked(one) || one.phase === PHASE.finishing || taken.length === machine.cores) continue;
    const given = taken.reduce((sum, other) => sum + other.demand, 0);
    const held = byRank
      .filter((other) => other.class > one.class && !taken.includes(other) && other.demand <= ram)
      .reduce((sum, other) => sum + other.resident, 0);
    if (one.demand <= ram - given - held) taken.push(one);
  }
  return taken;
}

describe('the will-run set', () => {
  test('is what the definition says, in every state that the rules lead to', () => {
    const seen = { within: 0, without: 0 };
    everywhere(40, () => ({
      onChoice({ state: { machines } }) {
        const sets = machines.map((machine) => willRunSet(machine).map(({ id }) => id));
        const marked = machines.map(({ live }) => live.filter(({ willRun }) => willRun).length);
        expect(sets).toEqual(machines.map((machine) => willRunByTheLetter(machine).map(({ id }) => id)));
        expect(marked).toEqual(sets.map(({ length }) => length));
        for (const { live } of machines) {
          for (const { willRun } of live) seen[willRun ? 'within' : 'without']++;
        }
      },
    }));
    expect(seen.within).toBeGreaterThan(10);
    expect(seen.without).toBeGreaterThan(10);
  });
});

describe('run-the-highest', () => {
  const lowRuns = story(cluster(), ...arrives(0, 1, LOW, start(1)));
  const highIsQueued = later(lowRuns, [0, submit(2, HIGH), enqueue(2, HIGH)]);

  test('lets a higher class run as soon as it arrives, whoever came first', () => {
    accept(highIsQueued, [0, turn(), polls(2, 0), preempt(1), start(2)]);
    expect(refuse(highIsQueued, [0, turn(), polls(2, 0)])).toMatchObject({
      rule: 'run-the-highest',
      entity: 'machine 0',
      decision: null,
      message: expect.stringContaining(
        'invocation 2 (class high, ready, 1 MB resident) is in the will-run set',
      ),
      allowed: [preempt(1)],
    });
  });

  test('is owed to the end: a core that is taken from one is given to the other', () => {
    expect(refuse(highIsQueued, [0, turn(), polls(2, 0), preempt(1)])).toMatchObject({
      rule: 'run-the-highest',
      entity: 'machine 0',
      message: expect.stringContaining('does not run; permitted here: `start 2`'),
      allowed: [start(2)],
    });
  });

  test('names one who runs outside the will-run set', () => {
    const { state, model } = accept(lowRunsBesideHigh);
    model.stimulate(0, resize(1, 7));
    expect(runTheHighest.breach(state, state.machines[0]!)).toContain(
      'invocation 2 (class low, running, 4 MB resident) runs and is not in the will-run set of machine 0',
    );
    accept(lowRunsBesideHigh, [0, resize(1, 7), preempt(2), pageOut(2, 1)]);
  });

  test('lets those of one class run in the order in which they came', () => {
    const three = story(
      cluster(),
      ...arrives(0, 1, MID, start(1)),
      ...arrives(0, 2, MID),
      ...arrives(0, 3, MID),
    );
    accept(three, [0, finish(1), complete(1), start(2)]);
    expect(refuse(three, [0, finish(1), complete(1), start(3)])).toMatchObject({
      rule: 'start-highest',
      entity: 'invocation 3',
      message: expect.stringContaining('invocation 2 (class mid, ready, 1 MB resident), arrived before'),
      allowed: [start(2)],
    });
  });

  test('lets one who was preempted keep its place in that order', () => {
    const preempted = story(
      cluster(),
      ...arrives(0, 1, MID, start(1)),
      ...arrives(0, 2, MID),
      ...arrives(0, 3, HIGH, preempt(1), start(3)),
    );
    accept(preempted, [0, finish(3), complete(3), start(1)]);
    expect(refuse(preempted, [0, finish(3), complete(3), start(2)])).toMatchObject({
      rule: 'start-highest',
      allowed: [start(1)],
    });
  });

  test('lets one who was swapped out keep its place in that order', () => {
    const swapped = story(
      cluster({ initialMemory: 2 }),
      ...arrives(0, 1, HIGH, start(1)),
      ...arrives(0, 2, LOW),
      ...arrives(0, 3, LOW),
      [0, resize(1, 10), pageOut(3, 2), pageOut(2, 2)],
    );
    accept(swapped, [0, finish(1), complete(1), pageIn(2, 2), start(2)]);
    expect(refuse(swapped, [0, finish(1), complete(1), pageIn(3, 2)])).toMatchObject({
      rule: 'page-in-to-run',
      allowed: [pageIn(2, 2)],
    });
  });

  test('sends one who wakes to the end of that order', () => {
    const calleeRuns = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      [0, call(1, 9, LOW), enqueue(9, HIGH)],
      [0, turn(), polls(9, 0), start(9)],
      ...arrives(0, 2, HIGH),
    );
    accept(calleeRuns, [0, finish(9), complete(9), wake(1), start(2)]);
    expect(refuse(calleeRuns, [0, finish(9), complete(9), wake(1), start(1)])).toMatchObject({
      rule: 'start-highest',
      allowed: [start(2)],
    });
  });

  test('fills every core', () => {
    const one = story(twoCores, ...arrives(0, 1, LOW, start(1)), [0, submit(2, LOW), enqueue(2, LOW)]);
    accept(one, [0, turn(), polls(2, 0), start(2)]);
    expect(refuse(one, [0, turn(), polls(2, 0)])).toMatchObject({
      rule: 'run-the-highest',
      allowed: [start(2)],
    });
  });
});

/** On two cores 1 runs with 1 MB; so does 2, of the lowest class, with 4 of the 10 MB. */
const lowRunsBesideHigh = story(twoCores, ...arrives(0, 1, HIGH, start(1)), ...arrives(0, 2, LOW, start(2)), [
  0,
  resize(2, 4),
]);

/** On two cores 1 runs with 6 of 10 MB; 2, of the same class, demands 6 too, and holds the 4 MB that are left. */
const passedOver = story(
  twoCores,
  ...arrives(0, 1, HIGH, start(1)),
  ...arrives(0, 2, HIGH, start(2)),
  [0, resize(1, 6)],
  [0, resize(2, 6), preempt(2), pageOut(2, 2)],
);

describe('memory backfilling', () => {
  test('lets a smaller one of the same class run, in room that one who is passed over gives up', () => {
    const queued = later(passedOver, [0, submit(3, HIGH), enqueue(3, HIGH)]);
    accept(queued, [0, turn(), polls(3, 0), pageOut(2, 1), start(3)]);
    accept(queued, [0, turn(), polls(3, 0), start(3), pageOut(2, 1)]);
    expect(refuse(queued, [0, turn(), polls(3, 0), pageOut(2, 1)])).toMatchObject({
      rule: 'run-the-highest',
      allowed: [start(3)],
    });
  });

  test('lets one of a lower class run in room that is left anyway', () => {
    const room = later(passedOver, [0, resize(1, 5)], [0, submit(3, LOW), enqueue(3, LOW)]);
    accept(room, [0, turn(), polls(3, 0), start(3)]);
    expect(refuse(room, [0, turn(), polls(3, 0)])).toMatchObject({
      rule: 'run-the-highest',
      allowed: [start(3)],
    });
  });

  test('never lets one of a lower class run in room that one who is passed over holds', () => {
    const queued = later(passedOver, [0, submit(3, LOW), enqueue(3, LOW)]);
    accept(queued, [0, turn(), polls(3, 0), pageOut(3, 1)]);
    expect(refuse(queued, [0, turn(), polls(3, 0), start(3)])).toMatchObject({
      rule: 'start-highest',
      entity: 'invocation 3',
      message: expect.stringContaining(
        'does not fit: of 10 MB on machine 0, 6 MB go to 1 and 4 MB are held by passed-over or blocked ones of higher classes',
      ),
      allowed: [pageOut(3, 1)],
    });
    expect(refuse(queued, [0, turn(), polls(3, 0), pageOut(2, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      allowed: [pageOut(3, 1)],
    });
  });

  test('never lets one of a lower class run in room that one who is blocked holds', () => {
    const blocked = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      ...arrives(0, 2, LOW),
      [0, resize(1, 10), pageOut(2, 1)],
      [0, call(1, 9, LOW), enqueue(9, HIGH)],
    );
    accept(blocked);
    expect(refuse(blocked, [0, tick, pageOut(1, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      message: expect.stringContaining('there is no pressure on machine 0'),
      allowed: [],
    });
    expect(refuse(blocked, [0, tick, pageIn(2, 1)])).toMatchObject({ rule: 'page-in-to-run', allowed: [] });
  });

  test('protects nothing of one that is larger than all the RAM there is', () => {
    const oversized = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      [0, resize(1, 8)],
      [0, antagonist(0, 5), preempt(1), pageOut(1, 3)],
      [0, submit(2, LOW), enqueue(2, LOW)],
    );
    accept(oversized, [0, turn(), polls(2, 0), pageOut(1, 1), start(2)]);
    expect(refuse(oversized, [0, turn(), polls(2, 0), pageOut(2, 1)])).toMatchObject({
      rule: 'page-out-lowest',
      message: expect.stringContaining(
        'invocation 2 (class low, ready, 1 MB resident) is in the will-run set',
      ),
      allowed: [pageOut(1, 1), start(2)],
    });
  });
});

describe('run-resident', () => {
  const runs = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, resize(1, 3)]);

  test('holds of one who runs wholly in RAM', () => {
    const { state } = accept(runs);
    expect(runResident.breach(state, state.machines[0]!)).toBeNull();
  });

  test('is broken by one who runs with a part in swap, which no decision can bring about', () => {
    const { state } = accept(runs);
    const [machine] = state.machines;
    Object.assign(invocationOf(state.invocations, 1)!, { resident: 2, image: IMAGE.partlySwapped });
    machine!.resident = 2;
    expect(runResident.applies(state, machine!)).toBe(true);
    expect(runResident.breach(state, machine!)).toBe(
      'invocation 1 (class low, running, 3 MB with 2 MB resident) runs',
    );
    expect(refuse(runs, [0, tick, pageOut(1, 1)])).toMatchObject({ rule: 'page-out-lowest', allowed: [] });
  });
});

describe('start-highest', () => {
  test('waits for a core that somebody of lower rank must leave first', () => {
    const queued = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, submit(2, HIGH), enqueue(2, HIGH)]);
    expect(refuse(queued, [0, turn(), polls(2, 0), start(2)])).toMatchObject({
      rule: 'start-highest',
      entity: 'invocation 2',
      message: expect.stringContaining('no core of machine 0 is free: 1 running on 1 core'),
      allowed: [preempt(1)],
    });
  });

  test('starts nobody of lower rank than one who waits for the core', () => {
    const queued = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, submit(2, HIGH), enqueue(2, HIGH)]);
    expect(refuse(queued, [0, turn(), polls(2, 0), preempt(1), start(1)])).toMatchObject({
      rule: 'start-highest',
      entity: 'invocation 1',
      message: expect.stringContaining(
        'invocation 2 (class high, ready, 1 MB resident), of a higher class, has the core on machine 0',
      ),
      allowed: [start(2)],
    });
  });

  test('waits for memory that is still in swap', () => {
    accept(passedOver, [0, finish(1), complete(1), pageIn(2, 2), start(2)]);
    expect(refuse(passedOver, [0, finish(1), complete(1), start(2)])).toMatchObject({
      rule: 'start-highest',
      message: expect.stringContaining(
        'invocation 2 (class high, ready, 6 MB with 4 MB resident) still lacks 2 MB in RAM',
      ),
      allowed: [pageIn(2, 2)],
    });
  });

  test.each([
    ['runs already', start(1), 'invocation 1 is running, and only one that is ready starts'],
    ['is queued', start(2), 'invocation 2 is queued, and only one that is ready starts'],
    ['has ended', start(3), 'invocation 3 has ended'],
    ['never was', start(4), 'invocation 4 was never submitted'],
  ])('starts nobody who %s', (_case, decision, why) => {
    const told = story(
      cluster(),
      ...arrives(0, 3, LOW, start(3)),
      [0, finish(3), complete(3)],
      ...arrives(0, 1, LOW, start(1)),
      [0, submit(2, LOW), enqueue(2, LOW)],
    );
    expect(refuse(told, [0, tick, decision])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining(`is refused by possible-decision: ${why}; nothing more is permitted`),
      allowed: [],
    });
  });
});

describe('preempt-outranked', () => {
  test('takes the core of the lowest, and of nobody in the will-run set', () => {
    const queued = story(twoCores, ...arrives(0, 1, LOW, start(1)), ...arrives(0, 2, LOW, start(2)), [
      0,
      submit(3, HIGH),
      enqueue(3, HIGH),
    ]);
    accept(queued, [0, turn(), polls(3, 0), preempt(2), start(3)]);
    expect(refuse(queued, [0, turn(), polls(3, 0), preempt(1)])).toMatchObject({
      rule: 'preempt-outranked',
      entity: 'invocation 1',
      message: expect.stringContaining('is in the will-run set of machine 0: 3, 1'),
      allowed: [preempt(2)],
    });
  });

  test('takes the core of one who has grown too large to run beside its betters', () => {
    accept(lowRunsBesideHigh, [0, resize(2, 10), preempt(2), pageOut(2, 1)]);
    expect(refuse(lowRunsBesideHigh, [0, resize(2, 10), preempt(1)])).toMatchObject({
      rule: 'preempt-outranked',
      allowed: [preempt(2)],
    });
  });

  test('takes the core of nobody for no reason', () => {
    expect(refuse(lowRunsBesideHigh, [0, tick, preempt(2)])).toMatchObject({
      rule: 'preempt-outranked',
      message: expect.stringContaining('; nothing more is permitted in this step'),
      allowed: [],
    });
  });

  test('takes the core of nobody who has none', () => {
    expect(refuse(passedOver, [0, tick, preempt(2)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('invocation 2 is ready, and only one that runs is preempted'),
    });
  });
});
