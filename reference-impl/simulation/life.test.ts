import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { demandAfterMb } from './growth.ts';
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
const items: fc.Arbitrary<WorkloadItem> = fc.oneof(
  fc.record(plain),
  fc.record({ ...plain, calls }),
  fc.record({ ...plain, alreadyMs: fc.integer({ min: 1 }) }),
);

test.prop([items, items])('a life tells of its item alone, whomever it stood for before', (before, item) => {
  const life = new Life(0);
  life.begin(1, before, 0, 1, false);
  life.begin(2, item, 0, 1, false);
  expect(life.item).toEqual(item);
  expect(Object.keys(life.item)).toEqual(Object.keys(item));
});

/** What a life does from its placement on, if it is left running: when, counted from then, and what it has grown to. */
function deedsOf(item: WorkloadItem): { atMs: number; type: string; demandMb: number }[] {
  const life = new Life(0);
  life.begin(1, item, 0, 10, false);
  life.place(0, 0);
  life.start(0);
  const deeds = [];
  for (;;) {
    const atMs = life.dueAtMs;
    const { type } = life.act(atMs);
    deeds.push({ atMs, type, demandMb: life.demandMb });
    if (type === 'finish') return deeds;
    life.start(atMs);
  }
}

const growing = fc.record({
  ...plain,
  runMs: fc.integer({ min: 2, max: 10_000 }),
  finalMemoryMb: fc.integer({ min: 10, max: 1000 }),
});

test.prop([growing, fc.double({ min: 0, max: 0.999, noNaN: true })])(
  'a life that has some of its run time behind it does the rest as the whole one does',
  (item, part) => {
    const alreadyMs = Math.floor(item.runMs * part);
    const whole = deedsOf(item);
    const rest = deedsOf({ ...item, alreadyMs });
    const later = whole.filter(({ atMs }) => atMs > alreadyMs);
    expect(rest.filter(({ atMs }) => atMs > 0)).toEqual(
      later.map((deed) => ({ ...deed, atMs: deed.atMs - alreadyMs })),
    );
    // It grows at once to what the whole one had grown to.
    const grown = whole.findLast(({ atMs, type }) => atMs <= alreadyMs && type === 'grow');
    const atOnce = rest.filter(({ atMs, type }) => atMs === 0 && type === 'grow');
    expect(atOnce.map(({ demandMb }) => demandMb)).toEqual(grown === undefined ? [] : [grown.demandMb]);
    expect(rest.at(-1)!.demandMb).toBe(
      rest.some(({ type }) => type === 'grow') ? demandAfterMb(item, item.growthSteps, 10) : 10,
    );
  },
);
