import { slotOf } from '../slot-table.ts';
import type { Context } from './context.ts';
import { NONE, type ReadonlyXXState } from './state.ts';

/**
 * Reads what the ends of these invocations will look at: the slot by the id, the invocation by the slot, its machine by
 * the invocation, and who is runnable there. Each is found through the one before, so all of one kind are read before
 * the first of the next: a processor then fetches them from memory together.
 *
 * @param ids those that are not live, or on no machine, are passed over.
 */
export function prefetch(xx: Context, state: ReadonlyXXState, ids: readonly number[]): void {
  let sum = 0;
  const slots: number[] = [];
  for (const id of ids) {
    const slot = slotOf(state.slots, id);
    if (slot !== undefined) slots.push(slot);
  }
  const machines: number[] = [];
  for (const slot of slots) {
    const { id, machine, mbMs, meteredAt } = state.invocations[slot]!;
    if (machine !== NONE) machines.push(machine);
    sum += id + mbMs + meteredAt;
  }
  const queues: (readonly number[])[] = [];
  for (const machine of machines) {
    const { runnable, live, demand } = state.machines[machine]!;
    queues.push(runnable);
    sum += live + demand;
  }
  for (const queue of queues) sum += queue.length;
  for (const queue of queues) {
    if (queue.length > 0) sum += queue[0]! + queue[queue.length - 1]!;
  }
  xx.prefetched = sum;
}
