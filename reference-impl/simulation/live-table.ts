import { Life } from './life.ts';
import type { WorkloadItem } from './workload.ts';

/**
 * The invocations that are alive: by id, and each with a small number, its slot, that is used again when it ends. Ids
 * are looked up several times a step, so they are hashed into a typed array, in which ids that follow one another lie
 * side by side.
 */
export class LiveTable {
  /** By slot. Those that are free stand for somebody who has ended. */
  readonly slots: Life[] = [];
  readonly #free: number[] = [];
  #ids = new Float64Array(FIRST_CAPACITY).fill(NOBODY);
  #slotOf = new Int32Array(FIRST_CAPACITY);
  #mask = FIRST_CAPACITY - 1;
  #count = 0;
  #recent: Life | undefined;

  /** A life for an id that nobody alive has. The one that was freed last is used first: it is still in the caches. */
  add(id: number, item: WorkloadItem, nowMs: number, initialMemoryMb: number, isCallee: boolean): Life {
    const life = this.#free.length > 0 ? this.slots[this.#free.pop()!]! : this.#makeOne();
    life.begin(id, item, nowMs, initialMemoryMb, isCallee);
    this.#count++;
    if (this.#count * 4 > this.#ids.length) this.#grow();
    this.#insert(id, life.slot);
    this.#recent = life;
    return life;
  }

  /** Who has this id. Several decisions in a row are often about the same one. */
  find(id: number): Life | undefined {
    const recent = this.#recent;
    if (recent !== undefined && recent.id === id) return recent;
    const place = this.#placeOf(id);
    if (place < 0) return undefined;
    const life = this.slots[this.#slotOf[place]!]!;
    this.#recent = life;
    return life;
  }

  remove(life: Life): void {
    this.#free.push(life.slot);
    this.#count--;
    if (this.#recent === life) this.#recent = undefined;
    let hole = this.#placeOf(life.id);
    // Whoever was pushed on by this one moves back, so that a search may stop at the first free place.
    for (let place = (hole + 1) & this.#mask; this.#ids[place] !== NOBODY; place = (place + 1) & this.#mask) {
      const home = this.#ids[place]! & this.#mask;
      if (((place - home) & this.#mask) < ((place - hole) & this.#mask)) continue;
      this.#ids[hole] = this.#ids[place]!;
      this.#slotOf[hole] = this.#slotOf[place]!;
      hole = place;
    }
    this.#ids[hole] = NOBODY;
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

  #placeOf(id: number): number {
    const ids = this.#ids;
    for (let place = id & this.#mask; ; place = (place + 1) & this.#mask) {
      const found = ids[place]!;
      if (found === id) return place;
      if (found === NOBODY) return -1;
    }
  }

  #insert(id: number, slot: number): void {
    let place = id & this.#mask;
    while (this.#ids[place] !== NOBODY) place = (place + 1) & this.#mask;
    this.#ids[place] = id;
    this.#slotOf[place] = slot;
  }

  #grow(): void {
    const capacity = 2 * this.#ids.length;
    const ids = this.#ids;
    const slotOf = this.#slotOf;
    this.#ids = new Float64Array(capacity).fill(NOBODY);
    this.#slotOf = new Int32Array(capacity);
    this.#mask = capacity - 1;
    for (let place = 0; place < ids.length; place++) {
      if (ids[place] !== NOBODY) this.#insert(ids[place]!, slotOf[place]!);
    }
  }
}

const NOBODY = -1;
const FIRST_CAPACITY = 64;
