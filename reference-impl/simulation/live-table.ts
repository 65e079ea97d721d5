import type { Life } from './life.ts';

/** The invocations that are alive: by id, and each with a small number, its slot, that is used again when it ends. */
export class LiveTable {
  /** By slot; `undefined` for one that is free. */
  readonly slots: (Life | undefined)[] = [];
  readonly #byId = new Map<number, Life>();
  readonly #free: number[] = [];
  #recent: Life | undefined;

  add(life: Life): void {
    const slot = this.#free.pop() ?? this.slots.length;
    life.slot = slot;
    if (slot === this.slots.length) this.slots.push(life);
    else this.slots[slot] = life;
    this.#byId.set(life.id, life);
    this.#recent = life;
  }

  /** Who has this id. Several decisions in a row are often about the same one. */
  find(id: number): Life | undefined {
    if (this.#recent !== undefined && this.#recent.id === id) return this.#recent;
    const life = this.#byId.get(id);
    if (life !== undefined) this.#recent = life;
    return life;
  }

  remove(life: Life): void {
    this.#byId.delete(life.id);
    this.slots[life.slot] = undefined;
    this.#free.push(life.slot);
    if (this.#recent === life) this.#recent = undefined;
  }

  /** All of them, in the order in which they came. */
  all(): Life[] {
    return [...this.#byId.values()];
  }
}
