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

/** Takes an item out, if it is there; those after it move up. Splicing would make an array of what it takes out. */
export function takeOut<Item>(items: Item[], item: Item): void {
  const last = items.length - 1;
  const place = items.indexOf(item);
  if (place < 0) return;
  for (let index = place; index < last; index++) items[index] = items[index + 1]!;
  items.pop();
}

/** Empties an array that stays small. Popping keeps its storage, which setting its length would give away. */
export function empty(items: unknown[]): void {
  while (items.length > 0) items.pop();
}
