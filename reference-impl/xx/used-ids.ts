import { lowerBound } from './sorted.ts';

/**
 * Every id that was ever used, as disjoint intervals [starts[i], ends[i]] in ascending order. Ids that ascend without
 * gaps, which is what workloads give, take one interval however many they are.
 */
export interface UsedIds {
  starts: number[];
  ends: number[];
}

/** Whether this id was used before. */
export function isUsed(used: { starts: readonly number[]; ends: readonly number[] }, id: number): boolean {
  const { starts, ends } = used;
  const last = ends.length - 1;
  if (last < 0 || id > ends[last]!) return false;
  const index = lowerBound(ends, id);
  return starts[index]! <= id;
}

/** Remembers an id that was not used before. */
export function use(used: UsedIds, id: number): void {
  const { starts, ends } = used;
  const index = lowerBound(ends, id);
  const joinsBefore = index > 0 && ends[index - 1] === id - 1;
  const joinsAfter = index < starts.length && starts[index] === id + 1;
  if (joinsBefore && joinsAfter) {
    ends[index - 1] = ends[index]!;
    starts.splice(index, 1);
    ends.splice(index, 1);
  } else if (joinsBefore) {
    ends[index - 1] = id;
  } else if (joinsAfter) {
    starts[index] = id;
  } else {
    starts.splice(index, 0, id);
    ends.splice(index, 0, id);
  }
}

/** Remembers an id above all that were used before. */
export function useNext({ starts, ends }: UsedIds, id: number): void {
  const last = ends.length - 1;
  if (last >= 0 && ends[last] === id - 1) {
    ends[last] = id;
  } else {
    starts.push(id);
    ends.push(id);
  }
}
