import { describe, expect, test } from 'vitest';
import {
  arrives,
  cluster,
  HIGH,
  type Line,
  LOW,
  later,
  MID,
  pageOut,
  preempt,
  resize,
  start,
  story,
} from '../../model/testing.ts';
import { assessed } from '../testing/assessed.ts';

const property = 'no-crowding-on-a-machine';
const one = (...lines: readonly Line[]) => story(cluster(), ...lines);
const lowRuns = one(...arrives(0, 1, LOW, start(1)));

describe('no crowding on a machine', () => {
  test('is broken where one waits while a lower class runs, and fits', () => {
    expect(assessed(property, later(lowRuns, ...arrives(0, 2, HIGH)))).toMatchObject({
      finding: {
        property,
        step: 5,
        entity: 'machine 0',
        message: expect.stringContaining(
          'invocation 2 (class high) waits while invocation 1 (class low) runs',
        ),
      },
      met: 1,
    });
  });

  test('holds where the lower class gives way, or an equal one does not', () => {
    expect(assessed(property, later(lowRuns, ...arrives(0, 2, HIGH, preempt(1), start(2))))).toEqual({
      finding: null,
      met: 1,
    });
    expect(assessed(property, later(lowRuns, ...arrives(0, 2, LOW)))).toEqual({ finding: null, met: 1 });
  });

  test('is broken where one shares its core with a lower class, and holds where it does with its own', () => {
    const shares = assessed(property, later(lowRuns, ...arrives(0, 2, MID, start(2))));
    expect(shares.finding?.message ?? 'nothing').toContain(
      'invocation 2 (class mid) shares 1 core with 1 other while invocation 1 (class low) runs',
    );
    const equals = assessed(property, later(lowRuns, ...arrives(0, 2, LOW, start(2))));
    expect(equals).toEqual({ finding: null, met: 2 });
  });

  test('is not put to the test by one that does not fit beside its own class and higher ones', () => {
    // 2 has 9 of 10 MB; 3 of its class needs 2 MB, and 1 of the lowest class runs in what is left.
    const config = cluster({ machines: [{ cores: 2, ram: 10, swap: 5 }], initialMemory: 2 });
    const told = story(
      config,
      ...arrives(0, 1, LOW, start(1)),
      ...arrives(0, 2, HIGH, start(2)),
      [0, resize(1, 1)],
      [0, resize(2, 9)],
    );
    const [before, after] = [told, later(told, ...arrives(0, 3, HIGH, pageOut(3, 2)))];
    expect(assessed(property, before)).toEqual({ finding: null, met: 0 });
    expect(assessed(property, after)).toEqual({ finding: null, met: 0 });
  });

  test('does not count against it the RAM of lower classes', () => {
    const config = cluster({ machines: [{ cores: 1, ram: 10, swap: 5 }], initialMemory: 2 });
    const told = story(config, ...arrives(0, 1, LOW, start(1)), [0, resize(1, 10)]);
    expect(assessed(property, later(told, ...arrives(0, 2, HIGH, pageOut(2, 2)))).finding).toMatchObject({
      property,
    });
  });
});
