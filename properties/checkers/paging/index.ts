import type { Configuration } from '../../../model/configuration.ts';
import type { Checker } from '../checker.ts';
import { Bursts } from './bursts.ts';
import { createDiskPriority } from './disk-priority.ts';
import { lent } from './lent.ts';
import { createNoThrash } from './no-thrash.ts';
import { steady } from './steady.ts';
import { createWillRunRuns } from './will-run-runs.ts';

/** What a single step shows of paging that takes time. */
export const PAGING_OF_STEPS: readonly Checker[] = [steady, lent];

/** What only an account of a whole run shows of it; none where a page moves at once. */
export function createPagingCheckers({ paging }: Pick<Configuration, 'paging'>): readonly Checker[] {
  if (paging === undefined) return [];
  const bursts = new Bursts();
  return [createWillRunRuns(bursts), createNoThrash(bursts), createDiskPriority(bursts)];
}
