import { type ReadonlySignal, signal } from '@preact/signals';

/** The least that is shown, in steps or ms. */
const NARROWEST = 4;

/** Which part of the time line is shown. */
export class Zoom {
  /** From where to where; null: all of it. */
  private readonly part = signal<readonly [number, number] | null>(null);
  private readonly positions: ReadonlySignal<Float64Array>;
  private readonly length: ReadonlySignal<number>;

  /**
   * @param positions where each step begins, from the first at 1 on, and one more.
   * @param length how many steps there are.
   */
  constructor(positions: ReadonlySignal<Float64Array>, length: ReadonlySignal<number>) {
    this.positions = positions;
    this.length = length;
  }

  get isAll(): boolean {
    return this.part.value === null;
  }

  /** The part of the time line that is shown. */
  shown(): readonly [number, number] {
    return this.part.value ?? this.whole();
  }

  private whole(): readonly [number, number] {
    const positions = this.positions.value;
    return [positions[1] ?? 0, positions[this.length.value + 1] ?? 1];
  }

  /** The first and the last step of it. */
  steps(): [number, number] {
    const [from, to] = this.shown();
    const positions = this.positions.value;
    let first = 1;
    while (first < positions.length - 2 && positions[first + 1]! <= from) first++;
    let last = first;
    while (last < positions.length - 1 && positions[last]! < to) last++;
    return [first, last];
  }

  /** Shows more or less, around a position that stays where it is. */
  by(factor: number, around: number): void {
    const [from, to] = this.shown();
    this.to(around - (around - from) * factor, around + (to - around) * factor);
  }

  pan(by: number): void {
    const [from, to] = this.shown();
    const [first, last] = this.whole();
    const moved = Math.max(first - from, Math.min(by, last - to));
    if (!this.isAll) this.part.value = [from + moved, to + moved];
  }

  around(step: number, width: number): void {
    const at = this.positions.value[step]!;
    this.to(at - width / 2, at + width / 2);
  }

  to(from: number, to: number): void {
    const [first, last] = this.whole();
    const width = Math.min(Math.max(to - from, NARROWEST), last - first);
    if (width >= last - first) {
      this.part.value = null;
      return;
    }
    const begin = Math.max(first, Math.min(from, last - width));
    this.part.value = [begin, begin + width];
  }

  fit(): void {
    this.part.value = null;
  }

  keepInView(step: number): void {
    if (this.isAll) return;
    const [from, to] = this.shown();
    const at = this.positions.value[step]!;
    const end = this.positions.value[step + 1]!;
    const width = to - from;
    if (at < from) this.to(at - width * 0.2, at + width * 0.8);
    else if (end > to) this.to(end - width * 0.8, end + width * 0.2);
  }
}
