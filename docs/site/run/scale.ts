/** Where steps stand along the time line: a step a unit, or a ms a unit with its steps laid out evenly over it. */
export type ScaleType = 'steps' | 'time';

/**
 * Where each step begins, by its number, and where the last one ends.
 *
 * @param times of the steps, in ms.
 * @returns positions that increase strictly; index 0 is before the first step.
 */
export function positionsOf(times: readonly number[], type: ScaleType): Float64Array {
  const count = times.length;
  const positions = new Float64Array(count + 2);
  if (type === 'steps') {
    for (let step = 0; step <= count + 1; step++) positions[step] = step;
    return positions;
  }
  const start = times[0] ?? 0;
  for (let first = 0; first < count; ) {
    let end = first;
    while (end < count && times[end] === times[first]) end++;
    for (let index = first; index < end; index++) {
      positions[index + 1] = times[first]! - start + (index - first) / (end - first);
    }
    first = end;
  }
  positions[count + 1] = (times.at(-1) ?? 0) - start + 1;
  // Between times that are very far apart there is no room for the steps of one ms.
  const isLost = positions.some((position, step) => step > 1 && position <= positions[step - 1]!);
  return isLost ? positionsOf(times, 'steps') : positions;
}

/** The step that stands at a position: the last that begins there or before. */
export function stepAt(positions: Float64Array, position: number): number {
  let low = 1;
  let high = positions.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (positions[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** By time where time goes on; by steps where most of them happen at once, as in short counterexamples. */
export function scaleFor(times: readonly number[]): ScaleType {
  return new Set(times).size * 2 > times.length ? 'time' : 'steps';
}
