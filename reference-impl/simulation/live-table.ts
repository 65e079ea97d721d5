import { createSlotTable, giveSlot, slotOf, takeSlot } from '../slot-table.ts';
import { Life } from './life.ts';
import type { WorkloadItem } from './workload.ts';

/**
 * The invocations that are alive: by id, and each with a small number, its slot, that is used again when it ends.
 */
export class LiveTable {
  /** By slot. Those that are free stand for invocations that have ended. */
  readonly slots: Life[] = [];
  readonly #free: number[] = [];
  readonly #slotOfId = createSlotTable();
  #recent: Life | undefined;

  /**
   * A life for an id that no live invocation has. The one that was freed last is used first: it is still in the caches.
   */
  add(id: number, item: WorkloadItem, nowMs: number, initialMemoryMb: number, isCallee: boolean): Life {
    const life = this.#free.length > 0 ? this.slots[this.#free.pop()!]! : this.#makeOne();
    life.begin(id, item, nowMs, initialMemoryMb, isCallee);
    giveSlot(this.#slotOfId, id, life.slot);
    this.#recent = life;
    return life;
  }

  /** Who has this id. Several decisions in a row are often about the same one. */
  find(id: number): Life | undefined {
    const recent = this.#recent;
    if (recent !== undefined && recent.id === id) return recent;
    const slot = this.slotOf(id);
    if (slot === undefined) return undefined;
    const life = this.slots[slot]!;
    this.#recent = life;
    return life;
  }

  /** The slot of this id; undefined when no live invocation has it. */
  slotOf(id: number): number | undefined {
    return slotOf(this.#slotOfId, id);
  }

  remove(life: Life): void {
    takeSlot(this.#slotOfId, life.id);
    this.#free.push(life.slot);
    if (this.#recent === life) this.#recent = undefined;
  }

  /** All of them, in the order of their ids. */
  all(): Life[] {
    return this.slots.filter((life) => this.find(life.id) === life).sort((a, b) => a.id - b.id);
  }

  #makeOne(): Life {
    const life = new Life(this.slots.length);
    this.slots.push(life);
    return life;
  }
}
