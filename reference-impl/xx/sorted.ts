/** Arrays of numbers kept in ascending order, and the two moves that every kept-in-order array here needs. */

/** Opens a place at `index` and puts `value` there. */
export function insertAt(values: number[], index: number, value: number): void {
  values.push(value);
  if (index === values.length - 1) return;
  values.copyWithin(index + 1, index, values.length - 1);
  values[index] = value;
}

/** Takes out the value at `index` and closes the gap. */
export function removeAt(values: number[], index: number): void {
  if (index < values.length - 1) values.copyWithin(index, index + 1);
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
