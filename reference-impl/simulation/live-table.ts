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
  /** An id and its slot by turns, side by side in the caches; the id is {@link NOBODY} where there is none. */
  #places = new Float64Array(2 * FIRST_CAPACITY).fill(NOBODY);
  #mask = FIRST_CAPACITY - 1;
  #count = 0;
  #recent: Life | undefined;

  /** A life for an id that nobody alive has. The one that was freed last is used first: it is still in the caches. */
  add(id: number, item: WorkloadItem, nowMs: number, initialMemoryMb: number, isCallee: boolean): Life {
    const life = this.#free.length > 0 ? this.slots[this.#free.pop()!]! : this.#makeOne();
    life.begin(id, item, nowMs, initialMemoryMb, isCallee);
    this.#count++;
    if (this.#count * 4 > this.#mask + 1) this.#grow();
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
    const life = this.slots[this.#places[2 * place + 1]!]!;
    this.#recent = life;
    return life;
  }

  remove(life: Life): void {
    this.#free.push(life.slot);
    this.#count--;
    if (this.#recent === life) this.#recent = undefined;
    const places = this.#places;
    const mask = this.#mask;
    let hole = this.#placeOf(life.id);
    // Whoever was pushed on by this one moves back, so that a search may stop at the first free place.
    for (let place = (hole + 1) & mask; places[2 * place] !== NOBODY; place = (place + 1) & mask) {
      const home = places[2 * place]! & mask;
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      places[2 * hole] = places[2 * place]!;
      places[2 * hole + 1] = places[2 * place + 1]!;
      hole = place;
    }
    places[2 * hole] = NOBODY;
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
    const places = this.#places;
    for (let place = id & this.#mask; ; place = (place + 1) & this.#mask) {
      const found = places[2 * place]!;
      if (found === id) return place;
      if (found === NOBODY) return -1;
    }
  }

  #insert(id: number, slot: number): void {
    let place = id & this.#mask;
    while (this.#places[2 * place] !== NOBODY) place = (place + 1) & this.#mask;
    this.#places[2 * place] = id;
    this.#places[2 * place + 1] = slot;
  }

  #grow(): void {
    const before = this.#places;
    this.#places = new Float64Array(2 * before.length).fill(NOBODY);
    this.#mask = 2 * this.#mask + 1;
    for (let at = 0; at < before.length; at += 2) {
      if (before[at] !== NOBODY) this.#insert(before[at]!, before[at + 1]!);
    }
  }
}

const NOBODY = -1;
const FIRST_CAPACITY = 64;
