import { signal } from '@preact/signals';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Zoom } from './zoom.ts';

/** Twenty steps, each one further. */
const LENGTH = 20;
const zoomed = (): Zoom =>
  new Zoom(signal(Float64Array.from({ length: LENGTH + 2 }, (_, index) => index)), signal(LENGTH));

const act = fc.oneof(
  fc.tuple(fc.constantFrom(0.5, 2, 0.1), fc.integer({ min: 1, max: LENGTH })).map(
    ([factor, around]) =>
      (zoom: Zoom) =>
        zoom.by(factor, around),
  ),
  fc.integer({ min: -30, max: 30 }).map((by) => (zoom: Zoom) => zoom.pan(by)),
  fc.integer({ min: 1, max: LENGTH }).map((step) => (zoom: Zoom) => zoom.around(step, 6)),
);

test('whatever is done, a part within the line is shown, and what one goes to is in it', () => {
  fc.assert(
    fc.property(fc.array(act), fc.integer({ min: 1, max: LENGTH }), (acts, step) => {
      const zoom = zoomed();
      for (const one of acts) one(zoom);
      zoom.keepInView(step);
      const [from, to] = zoom.shown();
      expect(from).toBeGreaterThanOrEqual(1);
      expect(to).toBeLessThanOrEqual(LENGTH + 1 + 1e-9);
      expect(to - from).toBeGreaterThanOrEqual(4 - 1e-9);
      expect(from).toBeLessThanOrEqual(step);
      expect(to).toBeGreaterThanOrEqual(step + 1 - 1e-9);
    }),
  );
});

test('all is shown until somebody zooms, and again when asked', () => {
  const zoom = zoomed();
  expect({ isAll: zoom.isAll, shown: zoom.shown() }).toEqual({ isAll: true, shown: [1, 21] });
  zoom.by(0.5, 11);
  expect({ isAll: zoom.isAll, shown: zoom.shown(), steps: zoom.steps() }).toEqual({
    ...{ isAll: false, shown: [6, 16], steps: [6, 16] },
  });
  zoom.fit();
  expect(zoom.isAll).toBe(true);
});
