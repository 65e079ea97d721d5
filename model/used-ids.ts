/**
 * Every id that was ever used. A log that goes on for months uses millions, nearly always one after the other: those take
 * a range however many they are. The latest stand by themselves, so that adding one costs the same in any order.
 */
export interface UsedIds {
  readonly latest: Set<number>;
  /** Disjoint ranges that do not touch, both ends included, in ascending order. */
  starts: number[];
  ends: number[];
  /** How many ids lie in the ranges. */
  inRanges: number;
}

export function noIds(): UsedIds {
  return { latest: new Set(), starts: [], ends: [], inRanges: 0 };
}

/** How many ids were used. */
export function countOfIds({ inRanges, latest }: UsedIds): number {
  return inRanges + latest.size;
}

export function isUsed(ids: UsedIds, id: number): boolean {
  if (ids.latest.size > 0 && ids.latest.has(id)) return true;
  const index = rangeFrom(ids, id);
  return index >= 0 && id <= ids.ends[index]!;
}

/** Adds an id that was not used before. */
export function addId(ids: UsedIds, id: number): void {
  const last = ids.starts.length - 1;
  if (last >= 0 && ids.ends[last] === id - 1) {
    ids.ends[last] = id;
    ids.inRanges++;
    return;
  }
  if (last < 0 && ids.latest.size === 0) {
    ids.starts.push(id);
    ids.ends.push(id);
    ids.inRanges++;
    return;
  }
  ids.latest.add(id);
  if (ids.latest.size === MOST_LATEST) unite(ids);
}

/** Takes one out again, as if it had not been used: an exploration goes back to states before. */
export function removeId(ids: UsedIds, id: number): void {
  if (ids.latest.size > 0 && ids.latest.delete(id)) return;
  const last = ids.starts.length - 1;
  if (last >= 0 && ids.ends[last] === id) {
    ids.inRanges--;
    if (ids.starts[last]! < id) {
      ids.ends[last] = id - 1;
    } else {
      ids.starts.pop();
      ids.ends.pop();
    }
    return;
  }
  const index = rangeFrom(ids, id);
  if (index < 0 || id > ids.ends[index]!) return;
  const [start, end] = [ids.starts[index]!, ids.ends[index]!];
  const left = [
    [start, id - 1],
    [id + 1, end],
  ].filter(([from, to]) => from! <= to!);
  ids.starts.splice(index, 1, ...left.map(([from]) => from!));
  ids.ends.splice(index, 1, ...left.map(([, to]) => to!));
  ids.inRanges--;
}

/** Those in ranges, ascending; then the latest, in the order in which they came. */
export function* eachId({ starts, ends, latest }: UsedIds): Generator<number> {
  for (const [index, start] of starts.entries()) {
    for (let id = start; id <= ends[index]!; id++) yield id;
  }
  yield* latest;
}

/** The index of the last range that begins at an id or below, or -1. */
function rangeFrom({ starts }: UsedIds, id: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= id) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Merges the latest into the ranges. */
function unite(used: UsedIds): void {
  const ids = [...used.latest].sort((a, b) => a - b);
  const starts: number[] = [];
  const ends: number[] = [];
  const append = (start: number, end: number): void => {
    if (ends.at(-1) === start - 1) ends[ends.length - 1] = end;
    else {
      starts.push(start);
      ends.push(end);
    }
  };
  let next = 0;
  for (const [index, start] of used.starts.entries()) {
    for (; next < ids.length && ids[next]! < start; next++) append(ids[next]!, ids[next]!);
    append(start, used.ends[index]!);
  }
  for (; next < ids.length; next++) append(ids[next]!, ids[next]!);
  used.starts = starts;
  used.ends = ends;
  used.inRanges += ids.length;
  used.latest.clear();
}

const MOST_LATEST = 4096;
