import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { demandAfterMb, growthAtMs, nextGrowthStep } from './growth.ts';

const item = fc.record({
  arriveMs: fc.constant(0),
  function: fc.constant('f'),
  tenant: fc.constant(0),
  class: fc.constant(0),
  runMs: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 100_000 })),
  finalMemoryMb: fc.integer({ min: 1, max: 300 }),
  growthSteps: fc.nat({ max: 12 }),
});

test.prop([item, fc.integer({ min: 1, max: 200 })])(
  'a function grows at ever later times, always by something, and ends with its final memory before it finishes',
  (grown, initialMb) => {
    let demandMb = initialMb;
    let atMs = -1;
    let steps = 0;
    for (let step = nextGrowthStep(grown, 0, initialMb); step !== undefined; steps++) {
      expect(growthAtMs(grown, step)).toBeGreaterThan(atMs);
      expect(demandAfterMb(grown, step, initialMb)).not.toBe(demandMb);
      atMs = growthAtMs(grown, step);
      demandMb = demandAfterMb(grown, step, initialMb);
      step = nextGrowthStep(grown, step, initialMb);
    }
    expect(demandMb).toBe(grown.growthSteps === 0 ? initialMb : grown.finalMemoryMb);
    expect(atMs).toBeLessThan(grown.runMs);
    expect(steps).toBeLessThanOrEqual(grown.growthSteps);
  },
);

test('a function of 100 ms that grows from 100 to 500 MB in 4 steps does so every 20 ms', () => {
  const grown = {
    arriveMs: 0,
    function: 'f',
    tenant: 0,
    class: 0,
    runMs: 100,
    finalMemoryMb: 500,
    growthSteps: 4,
  };
  const steps = [1, 2, 3, 4].map((step) => [growthAtMs(grown, step), demandAfterMb(grown, step, 100)]);
  expect(steps).toEqual([
    [20, 200],
    [40, 300],
    [60, 400],
    [80, 500],
  ]);
});
