/** A first-in-first-out queue. What has left it is cut off now and then, so that taking the head costs little. */
export interface Fifo<Item> {
  items: Item[];
  /** Index of the first that is still queued. */
  head: number;
}

/** The one that has waited longest in a queue. */
export function headOf<Item>(queue: Fifo<Item>): Item | undefined {
  return queue.items[queue.head];
}

/** Takes one that is queued out of its queue: the head, unless something is wrong. */
export function takeFrom<Item>(queue: Fifo<Item>, item: Item): void {
  if (headOf(queue) !== item) {
    queue.items.splice(queue.items.indexOf(item, queue.head), 1);
    return;
  }
  queue.head++;
  if (queue.head > 32 && queue.head * 2 > queue.items.length) {
    queue.items = queue.items.slice(queue.head);
    queue.head = 0;
  }
}
