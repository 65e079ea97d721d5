/** Puts an item into the bucket of those that are in the same state of their chart. */
export function file<Item extends { position: number }>(bucket: Item[], item: Item): void {
  item.position = bucket.length;
  bucket.push(item);
}

/** Takes an item out of the bucket that it is in; the last one takes its place. */
export function unfile<Item extends { position: number }>(bucket: Item[], item: Item): void {
  const last = bucket.pop()!;
  if (last === item) return;
  bucket[item.position] = last;
  last.position = item.position;
}

/** Empties an array that stays small. Popping keeps its storage, which setting its length would give away. */
export function empty(items: unknown[]): void {
  while (items.length > 0) items.pop();
}
