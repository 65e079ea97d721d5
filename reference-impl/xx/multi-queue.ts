import type { Context } from './context.ts';
import { empty } from './sorted.ts';
import { type Fifo, NONE, type Shard, type XXState } from './state.ts';

/** A shard's multi-queue: one FIFO a class, whose heads compete (paper section 3.2, global scheduler shards). */

/** A queue gives back the room of those that left once there are this many of them, and half of all. */
const COMPACT_AFTER = 32;

/** Appends to the queue of a class. */
export function enqueue(shard: Shard, classIndex: number, slot: number): void {
  shard.queues[classIndex]!.slots.push(slot);
}

/** The slot that is to be placed next, which stays where it is, or NONE when nothing is queued. */
export function peek(xx: Context, state: XXState, shard: Shard): number {
  const { heads, headOfClass, policies } = xx;
  empty(heads);
  for (let index = shard.queues.length - 1; index >= 0; index--) {
    const queue = shard.queues[index]!;
    if (queue.head === queue.slots.length) continue;
    const head = headOfClass[index]!;
    head.waitMs = state.now - state.invocations[queue.slots[queue.head]!]!.enqueuedAt;
    heads.push(head);
  }
  if (heads.length === 0) return NONE;
  const chosen = shard.queues[policies.chooseHead(heads)]!;
  return chosen.slots[chosen.head]!;
}

/** Takes the head of the queue of a class away. */
export function dequeue(shard: Shard, classIndex: number): void {
  const queue = shard.queues[classIndex]!;
  queue.head++;
  if (queue.head === queue.slots.length) {
    empty(queue.slots);
    queue.head = 0;
  } else if (queue.head >= COMPACT_AFTER && queue.head * 2 >= queue.slots.length) {
    compact(queue);
  }
}

/** Moving what is left costs no more than taking out what went before. */
function compact(queue: Fifo): void {
  queue.slots.splice(0, queue.head);
  queue.head = 0;
}
