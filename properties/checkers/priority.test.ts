import { describe, expect, test } from 'vitest';
import {
  accept,
  arrives,
  call,
  cluster,
  enqueue,
  HIGH,
  type Line,
  LOW,
  pageOut,
  resize,
  start,
  story,
  tick,
} from '../../model/testing.ts';
import { invocationOf } from '../../model/unended.ts';
import { checked } from '../testing/checked.ts';
import { noPriorityInversion } from './priority.ts';

/** 1 runs and 2, of the same class, is ready and in RAM. */
const waits = story(cluster(), ...arrives(0, 1, LOW, start(1)), ...arrives(0, 2, LOW));
const quiet: Line = [0, tick];

describe('no priority inversion', () => {
  test('is put to the test by one who waits in RAM, and holds while all cores run its betters', () => {
    expect(checked(noPriorityInversion, accept(waits).state, quiet)).toEqual({
      wrong: null,
      met: ['no-priority-inversion'],
    });
  });

  test('is not put to the test by one who is partly in swap, or blocked', () => {
    const swapped = accept(waits, [0, resize(1, 10), pageOut(2, 1)]);
    expect(checked(noPriorityInversion, swapped.state, quiet)).toEqual({ wrong: null, met: [] });
    const calls: Line = [0, call(1, 3, LOW), enqueue(3, LOW), start(2)];
    expect(checked(noPriorityInversion, accept(waits, calls).state, quiet)).toEqual({ wrong: null, met: [] });
  });

  test('is broken by a lower class that runs', () => {
    const { state } = accept(waits);
    invocationOf(state.invocations, 2)!.class = HIGH;
    expect(checked(noPriorityInversion, state, quiet).wrong).toEqual({
      property: 'no-priority-inversion',
      entity: 'machine 0',
      message:
        'invocation 1 (class low) runs while invocation 2 (class high) of higher rank is ready and in RAM',
    });
  });

  test('is broken by one of the same class that runs and came later', () => {
    const { state } = accept(waits);
    state.machines[0]!.live.reverse();
    expect(checked(noPriorityInversion, state, quiet).wrong?.message).toBe(
      'invocation 1 (class low) runs while invocation 2 (class low) of higher rank is ready and in RAM',
    );
  });

  test('is broken by a core that nobody runs on', () => {
    const { state } = accept(waits);
    state.machines[0]!.cores = 2;
    expect(checked(noPriorityInversion, state, quiet).wrong?.message).toBe(
      'invocation 2 is ready and in RAM while only 1 of 2 cores is busy',
    );
  });
});
