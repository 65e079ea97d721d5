import { describe, expect, test } from 'vitest';
import {
  accept,
  antagonist,
  arrives,
  cluster,
  complete,
  enqueue,
  finish,
  HIGH,
  kill,
  type Line,
  LOW,
  later,
  pageOut,
  polls,
  preempt,
  resize,
  start,
  story,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import { invocationOf } from '../../model/unended.ts';
import { checked } from '../testing/checked.ts';
import { memoryNeverExceeds, nothingSwappedForLower } from './memory.ts';

/** 1 runs; 2 is ready and in RAM. */
const both = story(cluster({ initialMemory: 3 }), ...arrives(0, 1, HIGH, start(1)), ...arrives(0, 2, LOW));
const pressed: Line = [0, resize(1, 9), pageOut(2, 2)];
const quiet: Line = [0, tick];

describe('memory never exceeding RAM plus swap', () => {
  test('is put to the test when demands exceed RAM, and holds when the rest is in swap', () => {
    expect(checked(memoryNeverExceeds, accept(both).state, quiet)).toEqual({ wrong: null, met: [] });
    expect(checked(memoryNeverExceeds, accept(both, pressed).state, pressed)).toEqual({
      wrong: null,
      met: ['memory-never-exceeds-ram-plus-swap'],
    });
  });

  test('is broken by more in RAM than an antagonist leaves', () => {
    const { state } = accept(both, pressed);
    state.machines[0]!.antagonist = 1;
    expect(checked(memoryNeverExceeds, state, pressed).wrong).toEqual({
      property: 'memory-never-exceeds-ram-plus-swap',
      entity: 'machine 0',
      message: '10 MB are resident in 9 MB of RAM, and 2 MB are swapped into 5 MB',
    });
  });

  test('is broken by more in swap than there is', () => {
    const { state } = accept(both, pressed);
    state.machines[0]!.swap = 1;
    expect(checked(memoryNeverExceeds, state, pressed).wrong?.message).toBe(
      '10 MB are resident in 10 MB of RAM, and 2 MB are swapped into 1 MB',
    );
  });

  test('sums over those who live there, whatever the machine says of itself', () => {
    const { state } = accept(both, pressed);
    invocationOf(state.invocations, 2)!.resident = 2;
    expect(checked(memoryNeverExceeds, state, pressed).wrong?.message).toContain('11 MB are resident');
  });
});

describe('nothing swapped for a lower class', () => {
  /** 1 of the highest class holds all of the RAM; 2 of the lowest has nothing there. */
  const highHoldsAll = later(both, [0, resize(1, 10), pageOut(2, 3)]);

  test('is put to the test where somebody loses RAM and a lower class lives, and holds when that holds none', () => {
    const grows: Line = [0, antagonist(0, 0), pageOut(1, 1)];
    expect(checked(nothingSwappedForLower, accept(highHoldsAll).state, grows)).toEqual({
      wrong: null,
      met: ['nothing-swapped-for-a-lower-class'],
    });
    expect(checked(nothingSwappedForLower, accept(both, pressed).state, pressed)).toEqual({
      wrong: null,
      met: [],
    });
  });

  test('is broken by a lower class that holds RAM', () => {
    expect(checked(nothingSwappedForLower, accept(both).state, [0, tick, pageOut(1, 2)]).wrong).toEqual({
      property: 'nothing-swapped-for-a-lower-class',
      entity: 'invocation 1',
      message: 'invocation 1 lost 2 MB of RAM while invocation 2 of a lower class holds 3 MB on machine 0',
    });
  });

  test('excepts one that is larger than all the RAM there is', () => {
    const oversized = story(
      cluster(),
      ...arrives(0, 1, HIGH, start(1)),
      [0, resize(1, 8)],
      [0, antagonist(0, 5), preempt(1), pageOut(1, 3)],
      [0, submit(2, LOW), enqueue(2, LOW)],
    );
    const lowRuns: Line = [0, turn(), polls(2, 0), pageOut(1, 1), start(2)];
    expect(checked(nothingSwappedForLower, accept(oversized, lowRuns).state, lowRuns)).toEqual({
      wrong: null,
      met: [],
    });
  });

  test('is of no concern to one who has ended in the same step', () => {
    const ends: Line = [0, finish(1), pageOut(1, 1), complete(1)];
    const { state } = accept(both, [0, finish(1), complete(1), start(2)]);
    expect(checked(nothingSwappedForLower, state, ends)).toEqual({ wrong: null, met: [] });
    expect(checked(nothingSwappedForLower, state, [0, tick, kill(2, 'memory')])).toEqual({
      wrong: null,
      met: [],
    });
  });
});
