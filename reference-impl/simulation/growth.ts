import type { WorkloadItem } from './workload.ts';

/** The properties of a function that its growth depends on. */
type Growing = Pick<WorkloadItem, 'runMs' | 'finalMemoryMb' | 'growthSteps'>;

/**
 * How a function's memory grows while it runs: in equal steps from the initial to the final memory, spread evenly
 * over its run time, so that it never grows at its very end. A function too short for all its steps takes several at
 * once, the shortest of all at its very start.
 */

/** After how much of its run time the function takes growth step `step`, counted from 1. */
export function growthAtMs({ runMs, growthSteps }: Growing, step: number): number {
  return Math.floor((runMs * step) / (growthSteps + 1));
}

/** What the function uses after growth step `step`, in MB; after step 0, the initial memory. */
export function demandAfterMb(
  { finalMemoryMb, growthSteps }: Growing,
  step: number,
  initialMb: number,
): number {
  if (growthSteps === 0) return initialMb;
  return initialMb + Math.round(((finalMemoryMb - initialMb) * step) / growthSteps);
}

/**
 * The next growth step that changes anything after step `taken`: of those that fall on the same ms only the last, and
 * none that leaves the demand as it is. `undefined` when the function is fully grown.
 */
export function nextGrowthStep(item: Growing, taken: number, initialMb: number): number | undefined {
  const demandMb = demandAfterMb(item, taken, initialMb);
  for (let step = taken + 1; step <= item.growthSteps; step++) {
    const isLastOfItsMs = step === item.growthSteps || growthAtMs(item, step + 1) > growthAtMs(item, step);
    if (isLastOfItsMs && demandAfterMb(item, step, initialMb) !== demandMb) return step;
  }
  return undefined;
}
