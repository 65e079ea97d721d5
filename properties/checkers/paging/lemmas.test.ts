import { describe, expect, test } from 'vitest';
import {
  accept,
  allocate,
  arrives,
  call,
  enqueue,
  HIGH,
  type Line,
  LOW,
  later,
  MID,
  paged,
  pageOut,
  preempt,
  resize,
  start,
  story,
  tick,
} from '../../../model/testing.ts';
import { saidBy, slowly, threeRuns, threeWaits } from '../../testing/told-in-time.ts';

describe('steady', () => {
  /** 2 of the highest class keeps 8 MB and waits for its callee, so that 1 of the lowest, with 3 MB, does not fit. */
  const highWaits = story(
    slowly(),
    ...arrives(0, 1, LOW, allocate(1, 3), start(1)),
    ...arrives(0, 2, HIGH, allocate(2, 3), preempt(1), start(2)),
    [0, resize(2, 8), allocate(2, 4), preempt(2), pageOut(1, 1)],
    [0, paged(0), allocate(2, 1), start(2)],
    [0, call(2, 3, HIGH), enqueue(3, HIGH)],
  );

  test('is put to the test by memory that moves where somebody will not run, and holds if nobody else will', () => {
    expect(saidBy('steady', threeWaits)).toEqual({ times: 3, wrong: null });
    expect(() => accept(later(threeWaits, threeRuns))).not.toThrow();
    expect(saidBy('steady', later(threeWaits, threeRuns))).toEqual({ times: 4, wrong: null });
  });

  test('is not put to the test where all will run, or nothing moves', () => {
    const alone = story(slowly(), ...arrives(0, 1, LOW, allocate(1, 3), start(1)), [
      ...([0, resize(1, 4), allocate(1, 1)] as const),
    ]);
    expect(saidBy('steady', alone)).toEqual({ times: 0, wrong: null });
    const quiet: Line = [0, tick];
    expect(saidBy('steady', later(highWaits, quiet)).times).toBe(saidBy('steady', highWaits).times);
  });

  test('is broken by RAM that one who waits gives up for nothing, so that a lower one is to run', () => {
    expect(() => accept(highWaits)).not.toThrow();
    expect(saidBy('steady', later(highWaits, [0, tick, pageOut(2, 1)])).wrong).toBe(
      'nobody was to run on machine 0 before memory was moved there, and invocation 1 was to run after that',
    );
  });
});

describe('lent', () => {
  test('is put to the test while one waits whose core may be lent, and holds until its memory is there', () => {
    expect(saidBy('lent', threeWaits)).toEqual({ times: 1, wrong: null });
    expect(saidBy('lent', later(threeWaits, threeRuns))).toEqual({ times: 1, wrong: null });
  });

  test('is broken by one that keeps a core whose owner has its memory', () => {
    expect(saidBy('lent', later(threeWaits, [0, paged(0), allocate(3, 2)])).wrong).toBe(
      'invocation 2 runs on machine 0 outside of the will-run set, which has 1 for 1 core, and of which 0 wait for memory',
    );
  });

  test('is broken by one that runs where the will-run set has cores to spare', () => {
    const bothRun = story(
      slowly({ machines: [{ cores: 2, ram: 10, swap: 9 }] }),
      ...arrives(0, 2, MID, allocate(2, 3), start(2)),
      [0, resize(2, 6), allocate(2, 3)],
      ...arrives(0, 3, HIGH, allocate(3, 3), start(3)),
    );
    const right = later(bothRun, [0, resize(3, 6), allocate(3, 1), preempt(2), preempt(3), pageOut(2, 2)]);
    expect(() => accept(right)).not.toThrow();
    expect(saidBy('lent', right)).toEqual({ times: 1, wrong: null });
    expect(saidBy('lent', later(bothRun, [0, resize(3, 6), allocate(3, 1), preempt(3)])).wrong).toBe(
      'invocation 2 runs on machine 0 outside of the will-run set, which has 1 for 2 cores, and of which 1 waits for memory',
    );
  });
});
