import { describe, expect, test } from 'vitest';
import {
  accept,
  allocate,
  antagonist,
  complete,
  finish,
  later,
  paged,
  pageIn,
  pageOut,
  polls,
  preempt,
  start,
  turn,
} from '../../../model/testing.ts';
import { saidBy, threeIsQueued, threeRuns, threeWaits, twoInRam } from '../../testing/told-in-time.ts';

/** The antagonist takes 2 MB of 10, of which 1 are free: one of 1 goes, and comes back when 2 has ended. */
const thereAndBack = later(
  twoInRam,
  [0, antagonist(0, 2), pageOut(1, 1)],
  [0, paged(0)],
  [0, antagonist(0, 0)],
  [0, finish(2), complete(2), pageIn(1, 1)],
  [0, paged(0), start(1)],
);

test('the stories of what is right are right', () => {
  expect(() => accept(later(threeWaits, threeRuns))).not.toThrow();
  expect(() => accept(thereAndBack)).not.toThrow();
});

describe('will-run-runs', () => {
  test('is put to the test while one that will run waits, and holds if it runs once its memory is there', () => {
    expect(saidBy('will-run-runs', twoInRam)).toEqual({ times: 0, wrong: null });
    expect(saidBy('will-run-runs', threeWaits)).toEqual({ times: 1, wrong: null });
    expect(saidBy('will-run-runs', later(threeWaits, threeRuns))).toEqual({ times: 1, wrong: null });
  });

  test('is broken where one waits and nothing is in flight', () => {
    const idles = later(threeIsQueued, [0, turn(), polls(3, 0), allocate(3, 1)]);
    expect(saidBy('will-run-runs', idles).wrong).toBe(
      'invocation 3 will run on machine 0 and does not, and nothing is in flight whose end could change that',
    );
  });

  test('is broken by a disk that is never done, once it has moved as much as it had to and a chunk more', () => {
    const twice = later(threeWaits, [0, paged(0), pageIn(1, 2)], [0, paged(0), pageOut(1, 2)]);
    expect(saidBy('will-run-runs', twice).wrong).toBeNull();
    expect(saidBy('will-run-runs', later(twice, [0, paged(0), pageIn(1, 2)])).wrong).toBe(
      'invocation 3 will run on machine 0 and does not, after 3 transfers since its disk had 2 MB to move',
    );
  });

  test('begins anew when something else happens there', () => {
    const interrupted = later(
      threeWaits,
      [0, paged(0), pageIn(1, 2)],
      [0, antagonist(0, 0)],
      [0, paged(0), pageOut(1, 2)],
      [0, paged(0), pageIn(1, 2)],
    );
    expect(saidBy('will-run-runs', interrupted).wrong).toBeNull();
  });
});

describe('no-thrash', () => {
  test('is put to the test by every transfer, and holds when memory comes back after something else', () => {
    expect(saidBy('no-thrash', twoInRam)).toEqual({ times: 0, wrong: null });
    expect(saidBy('no-thrash', later(threeWaits, threeRuns))).toEqual({ times: 1, wrong: null });
    expect(saidBy('no-thrash', thereAndBack)).toEqual({ times: 2, wrong: null });
  });

  test('is broken by memory that goes and comes back', () => {
    expect(saidBy('no-thrash', later(threeWaits, [0, paged(0), pageIn(1, 2)])).wrong).toBe(
      '2 MB of invocation 1 went to swap on machine 0, and 2 MB go back, while nothing else has happened there',
    );
  });

  test('is broken by more than there is to move', () => {
    const tooMuch = later(twoInRam, [0, antagonist(0, 2), pageOut(1, 2)]);
    expect(saidBy('no-thrash', tooMuch).wrong).toBe(
      'the disk of machine 0 had 1 MB to move and begins to move 2 MB, after which it has 0 MB to move',
    );
  });

  test('is broken by memory of one that will run, which has to come back', () => {
    const ofTheRunning = later(threeIsQueued, [
      ...([0, turn(), polls(3, 0), allocate(3, 1), pageOut(3, 1)] as const),
    ]);
    expect(saidBy('no-thrash', ofTheRunning).wrong).toContain('had 2 MB to move and begins to move 1 MB');
  });
});

describe('disk-priority', () => {
  test('is put to the test by transfers while one that will run waits, and not by others', () => {
    expect(saidBy('disk-priority', later(threeWaits, threeRuns))).toEqual({ times: 1, wrong: null });
    const nobodyWaits = later(twoInRam, [0, antagonist(0, 2), pageOut(1, 1)]);
    expect(saidBy('disk-priority', nobodyWaits)).toEqual({ times: 0, wrong: null });
  });

  test('is broken by memory of another one that comes in', () => {
    expect(saidBy('disk-priority', later(threeWaits, [0, paged(0), pageIn(1, 2)])).wrong).toBe(
      'invocation 3, the highest that will run on machine 0, waits for its memory, and that of invocation 1 comes in',
    );
  });

  test('is broken by more that goes out than the highest needs, and a chunk', () => {
    const more = later(threeWaits, [0, paged(0), preempt(2), pageOut(2, 1)]);
    expect(saidBy('disk-priority', more).wrong).toBeNull();
    const most = later(threeWaits, [0, paged(0), preempt(2), pageOut(2, 2)]);
    expect(saidBy('disk-priority', most).wrong).toBe(
      'invocation 3, the highest that will run on machine 0, waits for its memory, for which 2 MB had to go, and 4 MB go in 2 transfers, of which the last is of invocation 2',
    );
  });

  test('is broken by more transfers than MB', () => {
    const inParts = later(
      threeIsQueued,
      [0, turn(), polls(3, 0), allocate(3, 1), preempt(2), pageOut(1, 1)],
      [0, paged(0), pageOut(1, 1)],
    );
    expect(saidBy('disk-priority', inParts).wrong).toBeNull();
    expect(saidBy('disk-priority', later(inParts, [0, paged(0), pageOut(1, 1)])).wrong).toContain(
      'for which 2 MB had to go, and 3 MB go in 3 transfers',
    );
  });
});
