/**
 * Which slot an id has. Small ids, which are most of what small clusters see, are looked up in an array: a Map in
 * which keys come and go is laid anew every few steps. Plain data, so that it can be an immer draft.
 */
export interface SlotTable {
  /** By id, up to {@link SMALL}; {@link FREE} where an id has no slot. */
  small: number[];
  others: Map<number, number>;
  /** How many ids have a slot. */
  size: number;
}

const SMALL = 256;
const FREE = -1;

export function createSlotTable(): SlotTable {
  return { small: [], others: new Map(), size: 0 };
}

/** A table as others may see it. */
export interface ReadonlySlotTable {
  readonly small: readonly number[];
  readonly others: ReadonlyMap<number, number>;
  readonly size: number;
}

/** The slot of an id; undefined when it has none. */
export function slotOf({ small, others }: ReadonlySlotTable, id: number): number | undefined {
  if (id >= 0 && id < small.length) {
    const slot = small[id];
    return slot === FREE ? undefined : slot;
  }
  return others.get(id);
}

/** Gives an id that has none a slot. */
export function giveSlot(table: SlotTable, id: number, slot: number): void {
  table.size++;
  if (id >= SMALL) {
    table.others.set(id, slot);
    return;
  }
  while (table.small.length <= id) table.small.push(FREE);
  table.small[id] = slot;
}

/** Takes its slot from an id that has one. */
export function takeSlot(table: SlotTable, id: number): void {
  table.size--;
  if (id < table.small.length) table.small[id] = FREE;
  else table.others.delete(id);
}

/** The slots of all ids that have one: of small ids first, in ascending order. */
export function slotsIn({ small, others }: ReadonlySlotTable): number[] {
  return [...small.filter((slot) => slot !== FREE), ...others.values()];
}
