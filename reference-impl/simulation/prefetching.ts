import type { Scheduler } from '../scheduler.ts';
import type { LiveTable } from './live-table.ts';

/**
 * Group prefetching (Chen, Ailamaki, Gibbons and Mowry, Improving hash join performance through prefetching, 2004):
 * where tens of thousands are live, the data of each event is in no cache. It lies in several places, each found
 * through the one before. A processor waits for one such place as long as for several that do not depend on one
 * another. So for all invocations that are about to have an event, first all first places are read, then all second
 * ones, and so on.
 */
export class Prefetching {
  readonly #live: LiveTable;
  readonly #scheduler: Scheduler;
  /** A sum of what was read, so that no compiler drops the reads. It means nothing. */
  sum = 0;

  constructor(live: LiveTable, scheduler: Scheduler) {
    this.#live = live;
    this.#scheduler = scheduler;
  }

  /** Reads much of what the next events of these will need, and lets the scheduler do so. Nothing changes by it. */
  fetch(slots: readonly number[]): void {
    const ids: number[] = [];
    let sum = 0;
    for (const slot of slots) {
      const life = this.#live.slots[slot]!;
      ids.push(life.id);
      sum += life.sumOfFields;
    }
    for (const id of ids) sum += this.#live.slotOf(id) ?? 0;
    this.sum = sum;
    this.#scheduler.prefetch?.(ids);
  }
}
