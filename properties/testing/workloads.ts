import fc from 'fast-check';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';

/** A function that comes soon and most often runs shortly. */
export const item: fc.Arbitrary<WorkloadItem> = fc.record({
  arriveMs: fc.nat({ max: 200 }),
  function: fc.constantFrom('f', 'g'),
  tenant: fc.constant(0),
  class: fc.nat({ max: 1 }),
  runMs: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 200 })),
  finalMemoryMb: fc.integer({ min: 1, max: 399 }),
  growthSteps: fc.nat({ max: 4 }),
});

/** A few of these, in the order in which they come. */
export const workload = fc
  .array(item, { maxLength: 25 })
  .map((items) => items.toSorted((a, b) => a.arriveMs - b.arriveMs));
