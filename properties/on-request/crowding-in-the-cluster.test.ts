import { describe, expect, test } from 'vitest';
import {
  accept,
  antagonist,
  call,
  cluster,
  crash,
  drain,
  enqueue,
  finish,
  HIGH,
  type Line,
  LOW,
  later,
  MID,
  pageOut,
  polls,
  preempt,
  resize,
  type Story,
  start,
  story,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import { assessed } from '../testing/assessed.ts';
import { checked } from '../testing/checked.ts';
import { noCrowdingWhileATickPasses } from './crowding-in-the-cluster.ts';

const two = cluster({ machines: [0, 1].map(() => ({ cores: 1, ram: 10, swap: 10 })), initialMemory: 2 });

/** One is submitted, and placed on a machine. */
const comes = (id: number, price: number, machine: number, ...decisions: Line[2][]): Line[] => [
  [0, submit(id, price), enqueue(id, price)],
  [0, turn(), polls(id, machine), ...decisions],
];
/** 1 of the highest class runs on machine 0, where 3 of the middle class waits; 2 of the lowest runs on machine 1. */
const strandedBehind = story(
  two,
  ...comes(1, HIGH, 0, start(1)),
  ...comes(2, LOW, 1, start(2)),
  ...comes(3, MID, 0),
);
const aWhile: Line = [4, tick];
const across = (told: Story) => assessed('no-crowding-across-machines', told);
const anywhere = (told: Story) => assessed('no-crowding', told);

describe('no crowding across machines', () => {
  test('is broken while one waits behind a higher class and a lower one runs on another machine', () => {
    const { finding, met } = across(later(strandedBehind, aWhile));
    expect(finding).toMatchObject({ step: 8, entity: 'invocation 3' });
    expect(finding?.message).toBe(
      'step 8: no-crowding-across-machines does not hold: invocation 3 (class mid) waits on machine 0 for 4 ms while invocation 2 (class low) runs on machine 1, where it would fit beside its own class and higher ones',
    );
    expect(met).toBe(1);
  });

  test('holds as long as no time passes', () => {
    expect(across(later(strandedBehind, [0, tick], [0, finish(2)]))).toEqual({ finding: null, met: 0 });
  });

  test('holds once the lower one has ended, and what happens in the step that ends the time does not count', () => {
    const ended = later(strandedBehind, [0, finish(2), { type: 'complete', id: 2, bill: NOTHING }]);
    expect(across(later(ended, aWhile))).toEqual({ finding: null, met: 1 });
    const late = later(strandedBehind, [4, finish(2), { type: 'complete', id: 2, bill: NOTHING }]);
    expect(across(late).finding).toMatchObject({ step: 8 });
  });

  test('holds where the other machine runs its own class, drains, is down, or has no room beside its betters', () => {
    const equal = story(
      two,
      ...comes(1, HIGH, 0, start(1)),
      ...comes(2, MID, 1, start(2)),
      ...comes(3, MID, 0),
    );
    expect(across(later(equal, aWhile))).toEqual({ finding: null, met: 1 });
    for (const stops of [drain(1), antagonist(1, 9)] as const) {
      const { finding } = across(later(strandedBehind, [0, stops], aWhile));
      expect(finding, JSON.stringify(stops)).toBeNull();
    }
    const crashed = later(strandedBehind, [0, crash(1), enqueue(2, LOW)], aWhile);
    expect(across(crashed).finding).toBeNull();
  });

  test('takes the machine that it is on, too, even one that drains', () => {
    const own = story(two, ...comes(1, LOW, 0, start(1)), ...comes(2, MID, 0), [0, drain(0)]);
    expect(across(later(own, aWhile)).finding?.message ?? 'nothing').toContain(
      'invocation 1 (class low) runs there',
    );
  });

  test('is broken by RAM that a lower class holds beside a core that is free', () => {
    // On machine 1 one of the lowest class is blocked on 2 with 9 of 10 MB, and the core is free.
    const holds = story(
      two,
      ...comes(1, HIGH, 0, start(1)),
      ...comes(4, LOW, 1, start(4)),
      [0, resize(4, 9)],
      [0, call(4, 5, LOW), enqueue(5, LOW)],
      ...comes(3, MID, 0),
    );
    expect(across(later(holds, aWhile)).finding?.message ?? 'nothing').toContain(
      'invocation 4 (class low) holds 9 MB on machine 1',
    );
    const coreIsTaken = later(
      holds,
      [0, submit(6, MID), enqueue(6, MID)],
      [0, turn(), polls(6, 1), pageOut(4, 1), start(6)],
    );
    expect(across(later(coreIsTaken, aWhile)).finding).toBeNull();
    const leavesEnough = { ...holds, lines: holds.lines.filter(([, { type }]) => type !== 'resize') };
    expect(across(later(leavesEnough, aWhile)).finding).toBeNull();
  });

  test('counts those that share a core as held up, and nobody who is blocked or queued', () => {
    const shares = story(
      two,
      ...comes(1, HIGH, 0, start(1)),
      ...comes(3, HIGH, 0, start(3)),
      ...comes(2, LOW, 1, start(2)),
    );
    expect(across(later(shares, aWhile)).finding?.message ?? 'nothing').toContain(
      'shares 1 core with 1 other on machine 0',
    );
    const queued = story(two, ...comes(2, LOW, 1, start(2)), [0, submit(1, HIGH), enqueue(1, HIGH)]);
    expect(across(later(queued, [0, turn()], aWhile))).toEqual({ finding: null, met: 0 });
    const blocked = story(two, ...comes(1, HIGH, 0, start(1)), ...comes(2, LOW, 1, start(2)), [
      0,
      call(1, 3, HIGH),
      enqueue(3, HIGH),
    ]);
    expect(across(later(blocked, aWhile))).toEqual({ finding: null, met: 0 });
  });

  test('shows in a single state when a tick passes that nobody answers', () => {
    const { state } = accept(strandedBehind, aWhile);
    const shown = checked(noCrowdingWhileATickPasses, state, [4, tick]);
    expect(shown.wrong).toMatchObject({ property: 'no-crowding-across-machines', entity: 'invocation 3' });
    expect(shown.met).toEqual(['no-crowding-across-machines']);
    const answered = checked(noCrowdingWhileATickPasses, state, [4, tick, preempt(2)]);
    expect([answered.wrong, checked(noCrowdingWhileATickPasses, state, [4, finish(2)]).wrong]).toEqual([
      null,
      null,
    ]);
  });
});

describe('no crowding in the cluster', () => {
  const lowRuns = story(two, ...comes(1, LOW, 0, start(1)));
  const bothQueued = later(
    lowRuns,
    [0, submit(2, LOW), enqueue(2, LOW)],
    [0, submit(3, HIGH), enqueue(3, HIGH)],
  );
  const placesTheLow: Line = [0, turn(), polls(2, 1), start(2)];
  const placesTheHigh: Line = [0, turn(), polls(3, 1), start(3)];

  test('is broken while one is queued whose turn went to a lower class', () => {
    const { finding, met } = anywhere(later(bothQueued, placesTheLow, aWhile));
    expect(finding?.entity).toBe('invocation 3');
    expect(finding?.message ?? 'nothing').toContain(
      'is queued at shard 0, which has taken a turn that placed nobody of its class or a higher one, for 4 ms while invocation 1 (class low) runs on machine 0',
    );
    expect(met).toBe(1);
  });

  test('is broken while one is queued whose turn went to nobody', () => {
    expect(anywhere(later(bothQueued, [0, turn()], aWhile)).finding?.entity).toBe('invocation 3');
  });

  test('holds while its turn has not come, went to a higher class, or its own', () => {
    expect(anywhere(later(bothQueued, aWhile))).toEqual({ finding: null, met: 0 });
    expect(anywhere(later(bothQueued, placesTheHigh, aWhile)).finding).toBeNull();
    const equals = later(
      lowRuns,
      [0, submit(2, HIGH), enqueue(2, HIGH)],
      [0, submit(3, HIGH), enqueue(3, HIGH)],
    );
    expect(anywhere(later(equals, placesTheHigh, aWhile)).finding).toBeNull();
  });

  test('forgets a missed turn once it is placed', () => {
    const placed = later(bothQueued, placesTheLow, [0, turn(), polls(3, 1), preempt(2), start(3)], aWhile);
    expect(anywhere(placed).finding).toBeNull();
  });

  test('demands what no crowding across machines demands', () => {
    expect(anywhere(later(strandedBehind, aWhile)).finding?.entity).toBe('invocation 3');
  });

  test('does not count a turn while no machine was up', () => {
    const down = later(bothQueued, [0, drain(0)], [0, drain(1)], [0, turn()], aWhile);
    expect(anywhere(down)).toEqual({ finding: null, met: 0 });
  });
});

const NOTHING = { cpuMs: 0, mbMs: 0, cost: 0 };
