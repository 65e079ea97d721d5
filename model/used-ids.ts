/**
 * Every id that was ever used. A log that goes on for months uses millions, nearly always one after the other: those take
 * a range however many they are. The latest stand by themselves, so that adding one costs the same in any order.
 */
export class UsedIds {
  private readonly latest = new Set<number>();
  /** Disjoint ranges that do not touch, both ends included, in ascending order. */
  private starts: number[] = [];
  private ends: number[] = [];
  private inRanges = 0;

  get size(): number {
    return this.inRanges + this.latest.size;
  }

  /** How many ranges and single ids are kept: what it takes in memory. */
  get parts(): number {
    return this.starts.length + this.latest.size;
  }

  has(id: number): boolean {
    if (this.latest.has(id)) return true;
    const index = this.rangeFrom(id);
    return index >= 0 && id <= this.ends[index]!;
  }

  /** Adds an id that was not used before. */
  add(id: number): void {
    const last = this.starts.length - 1;
    if (last >= 0 && this.ends[last] === id - 1) {
      this.ends[last] = id;
      this.inRanges++;
      return;
    }
    this.latest.add(id);
    if (this.latest.size === MOST_LATEST) this.unite();
  }

  /** Takes one out again, as if it had not been used: an exploration goes back to states before. */
  delete(id: number): void {
    if (this.latest.delete(id)) return;
    const index = this.rangeFrom(id);
    if (index < 0 || id > this.ends[index]!) return;
    const [start, end] = [this.starts[index]!, this.ends[index]!];
    const left = [
      [start, id - 1],
      [id + 1, end],
    ].filter(([from, to]) => from! <= to!);
    this.starts.splice(index, 1, ...left.map(([from]) => from!));
    this.ends.splice(index, 1, ...left.map(([, to]) => to!));
    this.inRanges--;
  }

  /** Those in ranges, ascending; then the latest, in the order in which they came. */
  *[Symbol.iterator](): Generator<number> {
    for (const [index, start] of this.starts.entries()) {
      for (let id = start; id <= this.ends[index]!; id++) yield id;
    }
    yield* this.latest;
  }

  /** The index of the last range that begins at an id or below, or -1. */
  private rangeFrom(id: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.starts[middle]! <= id) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Merges the latest into the ranges. */
  private unite(): void {
    const ids = [...this.latest].sort((a, b) => a - b);
    const starts: number[] = [];
    const ends: number[] = [];
    const append = (start: number, end: number): void => {
      if (ends.at(-1) === start - 1) ends[ends.length - 1] = end;
      else {
        starts.push(start);
        ends.push(end);
      }
    };
    let next = 0;
    for (const [index, start] of this.starts.entries()) {
      for (; next < ids.length && ids[next]! < start; next++) append(ids[next]!, ids[next]!);
      append(start, this.ends[index]!);
    }
    for (; next < ids.length; next++) append(ids[next]!, ids[next]!);
    this.starts = starts;
    this.ends = ends;
    this.inRanges += ids.length;
    this.latest.clear();
  }
}

const MOST_LATEST = 4096;
