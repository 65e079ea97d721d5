import type { PlayedFilm } from './film.ts';
import type { Group } from './lane-set.ts';

/** What is drawn below one another along the time line, from top to bottom, in px. */
export type Row = { readonly y: number; readonly height: number } & (
  | { readonly type: 'title'; readonly text: string }
  | { readonly type: 'bars'; readonly label: string; readonly bars: readonly number[] }
  | { readonly type: 'memory'; readonly machine: number }
  | { readonly type: 'disk'; readonly machine: number }
  | { readonly type: 'money'; readonly tenant: number }
);

const TITLE = 20;
const MEMORY = 44;
const MONEY = 40;
const DISK = 20;
const CORE = 20;
const WAITING = 20;

/**
 * Lays out the rows of a film: shards with their queues, machines with memory, disk where paging takes time, cores and who waits, then money. Rows in
 * which nobody is from one step to another are left out, unless they are cores.
 */
export function rowsOf(film: PlayedFilm, from: number, to: number): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let y = 0;
  type Unplaced<Placed> = Placed extends Row ? Omit<Placed, 'y' | 'height'> : never;
  const add = (height: number, row: Unplaced<Row>): void => {
    rows.push({ ...row, y, height } as Row);
    y += height;
  };
  const addBars = (group: Group, rowHeight: number, labelOf: (index: number) => string): void => {
    const height = heightOf(film, group, from, to);
    for (let index = 0; index < height; index++) {
      add(rowHeight, { type: 'bars', label: labelOf(index), bars: group.rows[index] ?? [] });
    }
  };
  const { queues, cores, waiting } = film.lanes.groups();
  for (const [shard, group] of queues.entries()) {
    if (heightOf(film, group, from, to) === 0) continue;
    add(TITLE, { type: 'title', text: `shard ${shard}: queued` });
    addBars(group, WAITING, () => '');
  }
  for (const [machine, group] of cores.entries()) {
    add(TITLE, { type: 'title', text: `machine ${machine}` });
    add(MEMORY, { type: 'memory', machine });
    if (film.transfers !== null) add(DISK, { type: 'disk', machine });
    addBars(group, CORE, (core) => `core ${core}`);
    addBars(waiting[machine]!, WAITING, () => '');
  }
  for (const [tenant, { budget }] of film.config.tenants.entries()) {
    if (budget === null) continue;
    add(TITLE, { type: 'title', text: `tenant ${tenant}: spent of its budget` });
    add(MONEY, { type: 'money', tenant });
  }
  return { rows, height: y };
}

/** How many rows of a group there are to draw. */
function heightOf(
  { lanes: { set } }: PlayedFilm,
  { rows, atLeast }: Group,
  from: number,
  to: number,
): number {
  for (let count = rows.length; count > atLeast; count--) {
    const row = rows[count - 1]!;
    const bar = row[set.firstEndingAfter(row, from)];
    if (bar !== undefined && set.from[bar]! <= to) return count;
  }
  return atLeast;
}

/** Where a bar is drawn: by its index, the row that has it. */
export function rowsOfBars(rows: readonly Row[], bars: Iterable<number>): Map<number, Row> {
  const wanted = new Set(bars);
  const found = new Map<number, Row>();
  if (wanted.size === 0) return found;
  for (const row of rows) {
    if (row.type !== 'bars') continue;
    for (const bar of wanted) if (has(row.bars, bar)) found.set(bar, row);
  }
  return found;
}

/** Whether an ascending list has a number. */
function has(list: readonly number[], wanted: number): boolean {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = list[middle]!;
    if (value === wanted) return true;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** The first row, by its index, that ends below a height. */
export function firstRowBelow(rows: readonly Row[], y: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle]!;
    if (row.y + row.height > y) high = middle;
    else low = middle + 1;
  }
  return low;
}
