/**
 * Which slot an id has: a hash table with open addressing (Knuth, The Art of Computer Programming, 6.4, algorithms L and
 * R), since a Map in which keys come and go at every step is laid anew all the time. Plain data, so that it can be an
 * immer draft.
 */
export interface SlotTable {
  /** Ids, as many places as a power of two; {@link FREE} where there is none. */
  ids: number[];
  /** The slot of the id at the same place. */
  slots: number[];
  /** How many ids have a slot: at most half of the places. */
  size: number;
}

/** A table as others may see it. */
export interface ReadonlySlotTable {
  readonly ids: readonly number[];
  readonly slots: readonly number[];
  readonly size: number;
}

const FREE = -1;

export function createSlotTable(): SlotTable {
  return { ids: new Array(16).fill(FREE), slots: new Array(16).fill(FREE), size: 0 };
}

/** The slot of an id; undefined when it has none. */
export function slotOf({ ids, slots }: ReadonlySlotTable, id: number): number | undefined {
  const mask = ids.length - 1;
  for (let place = homeOf(id, mask); ids[place] !== FREE; place = (place + 1) & mask) {
    if (ids[place] === id) return slots[place];
  }
  return undefined;
}

/** Gives an id that has none a slot. */
export function giveSlot(table: SlotTable, id: number, slot: number): void {
  if (2 * ++table.size > table.ids.length) grow(table);
  put(table, id, slot);
}

function put({ ids, slots }: SlotTable, id: number, slot: number): void {
  const mask = ids.length - 1;
  let place = homeOf(id, mask);
  while (ids[place] !== FREE) place = (place + 1) & mask;
  ids[place] = id;
  slots[place] = slot;
}

/** Takes its slot from an id that has one, and moves those up that had to make way for it. */
export function takeSlot(table: SlotTable, id: number): void {
  const { ids, slots } = table;
  const mask = ids.length - 1;
  let hole = homeOf(id, mask);
  while (ids[hole] !== id) hole = (hole + 1) & mask;
  for (let place = (hole + 1) & mask; ids[place] !== FREE; place = (place + 1) & mask) {
    const home = homeOf(ids[place]!, mask);
    const mayMove = ((place - home) & mask) >= ((place - hole) & mask);
    if (!mayMove) continue;
    ids[hole] = ids[place]!;
    slots[hole] = slots[place]!;
    hole = place;
  }
  ids[hole] = FREE;
  table.size--;
}

/** The slots of all ids that have one, in no order that means anything. */
export function slotsIn({ ids, slots }: ReadonlySlotTable): number[] {
  return slots.filter((_, place) => ids[place] !== FREE);
}

/**
 * Where an id belongs: neighbours side by side, since they live at the same time, and what is further apart anywhere, so
 * that strides do not fall together.
 */
function homeOf(id: number, mask: number): number {
  return (id + Math.imul(id >>> 10, 0x9e3779b1)) & mask;
}

function grow(table: SlotTable): void {
  const { ids, slots } = table;
  table.ids = new Array(2 * ids.length).fill(FREE);
  table.slots = new Array(2 * ids.length).fill(FREE);
  for (const [place, id] of ids.entries()) if (id !== FREE) put(table, id, slots[place]!);
}
