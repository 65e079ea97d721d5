import fc from 'fast-check';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';
import { item } from './cases.ts';

/** How workloads are drawn. */
interface Drawing {
  /** What labels begin with. */
  readonly prefix: string;
  readonly classes: readonly number[];
  readonly most: number;
  /** Whether some call others, of one of the same classes. */
  readonly calls?: boolean;
}

/** A few small functions that meet each other: within ms, of a few ms and MB each. They shrink to fewer and smaller ones. */
export function workloads({
  prefix,
  classes,
  most,
  calls = false,
}: Drawing): fc.Arbitrary<readonly WorkloadItem[]> {
  const one = fc.record({
    class: fc.constantFrom(...classes),
    arriveMs: fc.nat({ max: 6 }),
    runMs: fc.integer({ min: 1, max: 6 }),
    mb: fc.integer({ min: 1, max: 4 }),
    call: calls
      ? fc.option(
          fc.record({
            afterMs: fc.nat({ max: 5 }),
            runMs: fc.integer({ min: 1, max: 5 }),
            class: fc.constantFrom(...classes),
          }),
          { freq: 2 },
        )
      : fc.constant(null),
  });
  return fc.array(one, { maxLength: most }).map((list) =>
    list.map(({ arriveMs, runMs, mb, class: priceClass, call }, index): WorkloadItem => {
      const label = `${prefix}${index}`;
      const caller = item(label, arriveMs, runMs, { class: priceClass, mb });
      if (call === null) return caller;
      const callee = item(`${label}-callee`, 0, call.runMs, { class: call.class });
      return { ...caller, calls: [{ afterMs: Math.min(call.afterMs, runMs), item: callee }] };
    }),
  );
}
