import { InputError } from '../../../model/input-error.ts';
import type { TracedInvocation } from './real-trace.ts';

/** More would take gigabytes to be sorted. */
const MOST_KEPT = 50_000_000;
const MOST_FUNCTIONS = 1_000_000;
const FIRST_ROOM = 1024;

/** Single invocations, in whatever order they come, of which the earliest are kept: 20 bytes for each. */
export class Arrivals {
  count = 0;
  runMs = 0;
  shorterThanOneMs = 0;
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;
  readonly #atMost: number;
  readonly #room: number;
  readonly #indexOf = new Map<string, number>();
  readonly #labels: string[] = [];
  #kept = 0;
  #arriveMs = new Float64Array(FIRST_ROOM);
  #ranMs = new Float64Array(FIRST_ROOM);
  #function = new Uint32Array(FIRST_ROOM);

  /**
   * @param atMost how many are kept, if not all.
   * @param room for how many there is room.
   */
  constructor(atMost = Number.POSITIVE_INFINITY, room = MOST_KEPT) {
    this.#atMost = atMost;
    this.#room = room;
  }

  get functions(): number {
    return this.#labels.length;
  }

  /** From the first arrival of all to the last. */
  get spanMs(): number {
    return this.count === 0 ? 0 : this.#lastMs - this.#firstMs;
  }

  /**
   * @param ranMs whole ms, at least 0.
   * @param line where it stands, for people.
   * @throws InputError with one line when there is no room for another.
   */
  add(label: string, arriveMs: number, ranMs: number, line: number): void {
    const runMs = Math.max(1, ranMs);
    this.count++;
    if (Math.min(this.count, this.#atMost) > this.#room) {
      throw new InputError(
        `line ${line}: expected at most ${this.#room} invocations, which have to be sorted; --functions plays the first of more`,
      );
    }
    this.runMs += runMs;
    if (ranMs < 1) this.shorterThanOneMs++;
    this.#firstMs = Math.min(this.#firstMs, arriveMs);
    this.#lastMs = Math.max(this.#lastMs, arriveMs);
    const index = this.#functionOf(label, line);
    if (this.#kept === this.#arriveMs.length) this.#makeRoom();
    this.#arriveMs[this.#kept] = arriveMs;
    this.#ranMs[this.#kept] = runMs;
    this.#function[this.#kept] = index;
    this.#kept++;
  }

  /** Those that are kept, by arrival, those of the same ms by function and run time; the first of all arrives at 0. */
  *items(): Iterable<TracedInvocation> {
    for (const row of this.#order()) {
      yield {
        function: this.#labels[this.#function[row]!]!,
        arriveMs: this.#arriveMs[row]! - this.#firstMs,
        runMs: this.#ranMs[row]!,
      };
    }
  }

  #functionOf(label: string, line: number): number {
    const known = this.#indexOf.get(label);
    if (known !== undefined) return known;
    const index = this.#labels.length;
    if (index === MOST_FUNCTIONS) {
      throw new InputError(`line ${line}: expected at most ${MOST_FUNCTIONS} functions; give a part of them`);
    }
    this.#indexOf.set(label, index);
    this.#labels.push(label);
    return index;
  }

  /** Drops those that are too late to be among the first, or else doubles the room. */
  #makeRoom(): void {
    const kept = Math.min(this.#kept, this.#atMost);
    const room = kept > this.#kept / 2 ? 2 * this.#kept : this.#kept;
    const order = kept < this.#kept ? this.#order().subarray(0, kept) : undefined;
    this.#arriveMs = moved(this.#arriveMs, new Float64Array(room), order);
    this.#ranMs = moved(this.#ranMs, new Float64Array(room), order);
    this.#function = moved(this.#function, new Uint32Array(room), order);
    this.#kept = kept;
  }

  /** The places of those that are kept, in an order that does not depend on the order in which they came. */
  #order(): Uint32Array {
    const arriveMs = this.#arriveMs;
    const order = Uint32Array.from({ length: this.#kept }, (_, row) => row);
    order.sort((left, right) => arriveMs[left]! - arriveMs[right]! || this.#compareEqual(left, right));
    return order.length > this.#atMost ? order.subarray(0, this.#atMost) : order;
  }

  /** Compares two that arrive at the same ms. */
  #compareEqual(left: number, right: number): number {
    const leftLabel = this.#labels[this.#function[left]!]!;
    const rightLabel = this.#labels[this.#function[right]!]!;
    if (leftLabel !== rightLabel) return leftLabel < rightLabel ? -1 : 1;
    return this.#ranMs[left]! - this.#ranMs[right]!;
  }
}

function moved<Column extends Float64Array | Uint32Array>(
  from: Column,
  to: Column,
  order: Uint32Array | undefined,
): Column {
  if (order === undefined) to.set(from);
  else for (const [index, row] of order.entries()) to[index] = from[row]!;
  return to;
}
