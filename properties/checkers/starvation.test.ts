import { describe, expect, test } from 'vitest';
import {
  accept,
  cluster,
  enqueue,
  HIGH,
  type Line,
  LOW,
  later,
  polls,
  start,
  story,
  submit,
  turn,
} from '../../model/testing.ts';
import { invocationOf } from '../../model/unended.ts';
import { checked } from '../testing/checked.ts';
import { boundedLowClassStarvation } from './starvation.ts';

/** 1 of price 1 waits from 0 on, 2 of price 4 from 6 on. */
const two = story(cluster(), [0, submit(1, LOW), enqueue(1, LOW)], [6, submit(2, HIGH), enqueue(2, HIGH)]);
const highIsPlaced: Line = [9, turn(), polls(2, 0), start(2)];

describe('bounded low-class starvation', () => {
  test('is put to the test by a dear newcomer that is placed first, and holds if it came soon enough', () => {
    const tie: Line = [8, turn(), polls(2, 0), start(2)];
    for (const line of [highIsPlaced, tie]) {
      expect(checked(boundedLowClassStarvation, accept(two, line).state, line)).toEqual({
        wrong: null,
        met: ['bounded-low-class-starvation'],
      });
    }
  });

  test('is not put to the test by one that came first, or is cheaper, or when nobody is placed', () => {
    const highCameFirst = story(
      cluster(),
      [0, submit(2, HIGH), enqueue(2, HIGH)],
      [0, submit(1, LOW), enqueue(1, LOW)],
    );
    const lowIsPlaced: Line = [7, turn(), polls(1, 0), start(1)];
    const queued: Line = [6, submit(3, HIGH), enqueue(3, HIGH)];
    for (const [told, line] of [
      [highCameFirst, highIsPlaced],
      [two, lowIsPlaced],
      [two, queued],
    ] as const) {
      const untouched = checked(boundedLowClassStarvation, accept(told, line).state, line);
      expect(untouched).toEqual({ wrong: null, met: [] });
    }
  });

  test('is broken by a newcomer that came too late', () => {
    const { state } = accept(two, highIsPlaced);
    state.due.placed[0] = { ...state.due.placed[0]!, waitedMs: 2 };
    expect(checked(boundedLowClassStarvation, state, highIsPlaced).wrong).toEqual({
      property: 'bounded-low-class-starvation',
      entity: 'invocation 1',
      message:
        'invocation 2 (price 4) arrived 7 ms after invocation 1 (price 1, waiting for 9 ms) and was placed before it',
    });
  });

  test('is judged without rounding, however dear the newcomer is', () => {
    const { state } = accept(two, highIsPlaced);
    const price = Number.MAX_SAFE_INTEGER;
    const classes = state.config.classes.map((one, index) => (index === 0 ? one : { ...one, price }));
    const dear = { ...state, config: { ...state.config, classes } };
    // It came when the other did, but for what price times wait says: 9 · (2⁵³ − 1) and 9 · (2⁵³ − 2) are one number if rounded.
    state.due.placed[0] = { ...state.due.placed[0]!, waitedMs: 0 };
    expect(price * 9).toBe((price - 1) * 9);
    expect(checked(boundedLowClassStarvation, dear, highIsPlaced).wrong?.entity).toBe('invocation 1');
  });

  test('is judged of everybody who waits, not only of those at the head', () => {
    const three = later(two, [6, submit(3, LOW), enqueue(3, LOW)]);
    const { state } = accept(three, highIsPlaced);
    invocationOf(state.invocations, 1)!.enqueuedAt = 9;
    state.due.placed[0] = { ...state.due.placed[0]!, waitedMs: 0 };
    expect(checked(boundedLowClassStarvation, state, highIsPlaced).wrong?.entity).toBe('invocation 3');
  });
});
