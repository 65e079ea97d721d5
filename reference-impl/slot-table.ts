/**
 * Which slot an id has: a hash table with open addressing (Knuth, The Art of Computer Programming, 6.4, algorithms L
 * and R), since a Map in which keys come and go at every step is rebuilt all the time. Plain data, so that it can be an
 * immer draft.
 */
export interface SlotTable {
  /** An id and its slot by turns, side by side in the caches; the id is {@link FREE} where there is none. */
  places: number[];
  /** How many ids have a slot: at most half as many as there are places, which are a power of two. */
  size: number;
}

/** A table as others may see it. */
export interface ReadonlySlotTable {
  readonly places: readonly number[];
  readonly size: number;
}

const FREE = -1;

export function createSlotTable(): SlotTable {
  return { places: emptyPlaces(16), size: 0 };
}

/** The slot of an id; undefined when it has none. */
export function slotOf({ places }: ReadonlySlotTable, id: number): number | undefined {
  const mask = maskOf(places);
  for (let place = homeOf(id, mask); places[place] !== FREE; place = (place + 2) & mask) {
    if (places[place] === id) return places[place + 1];
  }
  return undefined;
}

/** Gives an id that has none a slot. */
export function giveSlot(table: SlotTable, id: number, slot: number): void {
  if (4 * ++table.size > table.places.length) grow(table);
  put(table.places, id, slot);
}

function put(places: number[], id: number, slot: number): void {
  const mask = maskOf(places);
  let place = homeOf(id, mask);
  while (places[place] !== FREE) place = (place + 2) & mask;
  places[place] = id;
  places[place + 1] = slot;
}

/** Removes an id and its slot, and moves up those that had to make way for it. */
export function takeSlot(table: SlotTable, id: number): void {
  const { places } = table;
  const mask = maskOf(places);
  let hole = homeOf(id, mask);
  while (places[hole] !== id) hole = (hole + 2) & mask;
  for (let place = (hole + 2) & mask; places[place] !== FREE; place = (place + 2) & mask) {
    const home = homeOf(places[place]!, mask);
    const mayMove = ((place - home) & mask) >= ((place - hole) & mask);
    if (!mayMove) continue;
    places[hole] = places[place]!;
    places[hole + 1] = places[place + 1]!;
    hole = place;
  }
  places[hole] = FREE;
  table.size--;
}

/** The slots of all ids that have one, in no order that means anything. */
export function slotsIn({ places }: ReadonlySlotTable): number[] {
  const slots: number[] = [];
  for (let place = 0; place < places.length; place += 2) {
    if (places[place] !== FREE) slots.push(places[place + 1]!);
  }
  return slots;
}

/**
 * Where an id belongs. Eight neighbours lie side by side, since they live at the same time. No more than that: a
 * removal from a long row of live entries would have to walk to its end. Blocks of eight are scattered, so that those
 * next to one another are of different ages.
 */
function homeOf(id: number, mask: number): number {
  const block = id >>> 3;
  return ((Math.imul(block ^ (block >>> 15), 0x9e3779b1) << 4) | ((id & 7) << 1)) & mask;
}

/** Makes any number the index of a place: even, and within the table. */
function maskOf(places: readonly number[]): number {
  return places.length - 2;
}

function emptyPlaces(count: number): number[] {
  return new Array(2 * count).fill(FREE);
}

function grow(table: SlotTable): void {
  const before = table.places;
  table.places = emptyPlaces(before.length);
  for (let place = 0; place < before.length; place += 2) {
    if (before[place] !== FREE) put(table.places, before[place]!, before[place + 1]!);
  }
}
