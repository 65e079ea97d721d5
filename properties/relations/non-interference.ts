import fc from 'fast-check';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';
import { AMPLE_MB, clusterOf } from './cases.ts';
import { scheduleOf } from './schedules.ts';
import { workloads } from './workloads.ts';

/** One machine, and a workload with two ways in which lower classes come on top. */
export interface InterferencePair {
  readonly size: { readonly cores: number; readonly ram: number; readonly swap: number };
  readonly kept: readonly WorkloadItem[];
  readonly lower: readonly WorkloadItem[];
  readonly instead: readonly WorkloadItem[];
}

const sizes = fc.record({
  cores: fc.integer({ min: 1, max: 3 }),
  ram: fc.constantFrom(AMPLE_MB, 5, 6, 8),
  swap: fc.constantFrom(AMPLE_MB, 0, 3),
});
export const INTERFERENCE_PAIRS: fc.Arbitrary<InterferencePair> = fc
  .constantFrom<[number[], number[]]>([[1, 2], [0]], [[2], [0, 1]])
  .chain(([upper, lower]) =>
    fc.record({
      size: sizes,
      kept: workloads({ prefix: 'h', classes: upper, most: 6, calls: true }),
      lower: workloads({ prefix: 'l', classes: lower, most: 5, calls: true }),
      instead: workloads({ prefix: 'm', classes: lower, most: 5, calls: true }),
    }),
  );

/** What becomes of those that are kept, as text. */
export function timesOfKept(
  scheduler: Scheduler,
  { size, kept }: InterferencePair,
  lower: readonly WorkloadItem[],
): string {
  const { moments } = scheduleOf(scheduler, clusterOf(size), [...kept, ...lower]);
  const ofKept = [...moments].filter(([label]) => label.startsWith('h'));
  return JSON.stringify(ofKept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isUndisturbed(create: () => Scheduler, pair: InterferencePair): boolean {
  return timesOfKept(create(), pair, pair.lower) === timesOfKept(create(), pair, pair.instead);
}

/** Looks for a pair in which work of lower classes disturbs what is kept. */
export function checkNonInterference(
  create: () => Scheduler,
  numRuns: number,
  seed = 1,
): fc.RunDetails<[InterferencePair]> {
  return fc.check(
    fc.property(INTERFERENCE_PAIRS, (pair) => isUndisturbed(create, pair)),
    { seed, numRuns },
  );
}
