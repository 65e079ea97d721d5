/** Arrays of numbers in ascending order, and the two moves that every ordered array here needs. */

/** Up to this many values are moved one by one; beyond, splicing is faster. (`copyWithin` is slow on plain arrays.) */
const FEW = 32;

/** Opens a place at `index` and puts `value` there. */
export function insertAt(values: number[], index: number, value: number): void {
  if (values.length - index > FEW) {
    values.splice(index, 0, value);
    return;
  }
  values.push(value);
  for (let at = values.length - 1; at > index; at--) values[at] = values[at - 1]!;
  values[index] = value;
}

/** Takes out the value at `index` and closes the gap. */
export function removeAt(values: number[], index: number): void {
  if (values.length - index > FEW) {
    values.splice(index, 1);
    return;
  }
  for (let at = index + 1; at < values.length; at++) values[at - 1] = values[at]!;
  values.pop();
}

/** The index of the first value that is `value` or more: where it is, or where it would go. */
export function lowerBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  // Most things arrive in order and go to the end.
  if (high > 0 && ascending[high - 1]! < value) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts a value in its place, once. */
export function addOnce(ascending: number[], value: number): void {
  const index = lowerBound(ascending, value);
  if (ascending[index] !== value) insertAt(ascending, index, value);
}

/** Takes a value out, if it is in. */
export function discard(ascending: number[], value: number): void {
  const index = lowerBound(ascending, value);
  if (ascending[index] === value) removeAt(ascending, index);
}

/** Empties an array that stays small. Popping keeps its storage, which setting its length would give away. */
export function empty(values: unknown[]): void {
  while (values.length > 0) values.pop();
}
