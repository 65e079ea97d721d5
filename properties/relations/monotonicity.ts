import fc from 'fast-check';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';
import { type ClusterSize, clusterOf, HIGH } from './cases.ts';
import type { ClaimId } from './claims.ts';
import { completedAt, scheduleOf } from './schedules.ts';
import { workloads } from './workloads.ts';

/** A workload, and two clusters of which the second has more of something. */
export interface MorePair {
  readonly less: ClusterSize;
  readonly more: ClusterSize;
  readonly workload: readonly WorkloadItem[];
}

const all = workloads({ prefix: 'f', classes: [0, 1, 2], most: 7 });

const cores = fc.integer({ min: 1, max: 3 });
const aFew = fc.integer({ min: 1, max: 3 });
/** How the pairs of each claim are drawn. */
const PAIRS = {
  'more-cores': fc
    .record({ cores, more: aFew, workload: all })
    .map(({ more, workload, ...less }): MorePair => ({ less, more: { cores: less.cores + more }, workload })),
  'more-ram': fc
    .record({ ram: fc.integer({ min: 4, max: 8 }), more: aFew, workload: all })
    .map(({ ram, more, workload }): MorePair => ({ less: { ram }, more: { ram: ram + more }, workload })),
  'more-machines': fc.record({ cores, more: aFew, workload: all }).map(
    ({ more, workload, ...size }): MorePair => ({
      less: size,
      more: { ...size, machines: 1 + more },
      workload,
    }),
  ),
} satisfies Partial<Record<ClaimId, fc.Arbitrary<MorePair>>>;

export type MoreClaim = keyof typeof PAIRS;

export const MORE_CLAIMS = Object.keys(PAIRS) as MoreClaim[];

/** When each of the highest class completes; never, if it does not. */
function completions(scheduler: Scheduler, size: ClusterSize, workload: readonly WorkloadItem[]): number[] {
  const schedule = scheduleOf(scheduler, clusterOf(size), workload);
  return workload
    .filter((one) => one.class === HIGH)
    .map((one) => completedAt(schedule, one.function) ?? Number.POSITIVE_INFINITY);
}

/** Looks for a pair in which more of something delays one of the highest class. */
export function checkMore(
  claim: MoreClaim,
  create: () => Scheduler,
  numRuns: number,
  seed = 1,
): fc.RunDetails<[MorePair]> {
  const nobodyIsLater = ({ less, more, workload }: MorePair): boolean => {
    const before = completions(create(), less, workload);
    const after = completions(create(), more, workload);
    return before.every((at, index) => after[index]! <= at);
  };
  return fc.check(fc.property(PAIRS[claim], nobodyIsLater), { seed, numRuns });
}
