import type { Invocation } from '../../../model/entities.ts';
import { printable } from '../../../model/printable.ts';

/** No more rows than this are drawn of those that wait in one place; the rest is counted. */
export const MOST_ROWS = 16;

/** Rows that belong together: a queue, the cores of a machine, or those that wait there. */
export class Group {
  /** Bars of each row, by index, in the order in which they begin. */
  readonly rows: number[][] = [];
  /** So many rows are drawn, also if they are empty. */
  atLeast: number;
  private readonly taken: boolean[] = [];

  constructor(atLeast: number) {
    this.atLeast = atLeast;
  }

  /** The lowest row that is free; -1 when too many are taken. */
  take(): number {
    const most = Math.max(MOST_ROWS, this.atLeast);
    let row = 0;
    while (row < most && this.taken[row]) row++;
    if (row === most) return -1;
    this.taken[row] = true;
    while (this.rows.length <= row) this.rows.push([]);
    return row;
  }

  free(row: number): void {
    if (row >= 0) this.taken[row] = false;
  }
}

/**
 * Bars, as columns of numbers: whose, what they say, from which step on, and up to which, where the next one begins.
 */
export class LaneSet {
  readonly id: number[] = [];
  readonly priceClass: number[] = [];
  readonly doing: number[] = [];
  readonly from: number[] = [];
  /** The first step in which it is no longer so; infinite while it is. */
  readonly to: number[] = [];
  readonly group: Group[] = [];
  /** -1: not drawn, only counted. */
  readonly row: number[] = [];
  readonly names: string[] = [];
  /** The open bar of each invocation that has one. */
  readonly open = new Map<number, number>();

  get length(): number {
    return this.id.length;
  }

  put(invocation: Invocation, doing: number, group: Group, step: number): void {
    const { id } = invocation;
    const before = this.open.get(id);
    let row: number | null = null;
    if (before !== undefined) {
      const isSame =
        this.doing[before] === doing &&
        this.group[before] === group &&
        this.priceClass[before] === invocation.class;
      if (isSame) return;
      // It keeps its place while it stays among the same.
      if (this.group[before] === group) row = this.row[before]!;
      this.close(id, step, row !== null);
    }
    row ??= group.take();
    const bar = this.length;
    this.id.push(id);
    this.priceClass.push(invocation.class);
    this.doing.push(doing);
    this.from.push(step);
    this.to.push(Number.POSITIVE_INFINITY);
    this.group.push(group);
    this.row.push(row);
    this.names.push(printable(invocation.function));
    this.open.set(id, bar);
    if (row >= 0) group.rows[row]!.push(bar);
  }

  close(id: number, step: number, keepsRow = false): void {
    const bar = this.open.get(id);
    if (bar === undefined) return;
    this.to[bar] = step;
    this.open.delete(id);
    if (!keepsRow) this.group[bar]!.free(this.row[bar]!);
  }

  end(step: number): void {
    for (const bar of this.open.values()) this.to[bar] = step;
  }

  /** The first bar of a row, by its place in the row, that ends after a step. */
  firstEndingAfter(row: readonly number[], step: number): number {
    let low = 0;
    let high = row.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.to[row[middle]!]! > step) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
