import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Life } from './life.ts';
import type { WorkloadItem } from './workload.ts';

const plain = {
  arriveMs: fc.nat(),
  function: fc.string(),
  tenant: fc.nat(3),
  class: fc.nat(3),
  runMs: fc.integer({ min: 1 }),
  finalMemoryMb: fc.integer({ min: 1 }),
  growthSteps: fc.nat(5),
};
const callee: fc.Arbitrary<WorkloadItem> = fc.record(plain);
const calls = fc.array(fc.record({ afterMs: fc.nat(), item: callee }));
const items: fc.Arbitrary<WorkloadItem> = fc.oneof(fc.record(plain), fc.record({ ...plain, calls }));

test.prop([items, items])('a life tells of its item alone, whomever it stood for before', (before, item) => {
  const life = new Life(0);
  life.begin(1, before, 0, 1, false);
  life.begin(2, item, 0, 1, false);
  expect(life.item).toEqual(item);
  expect(Object.keys(life.item)).toEqual(Object.keys(item));
});
