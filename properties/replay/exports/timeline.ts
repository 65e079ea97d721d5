import { InputError } from '../../../model/input-error.ts';
import type { RecordedStep } from '../play.ts';

/**
 * Where steps stand on the time line of Perfetto, in µs. A virtual millisecond is a thousand microseconds. Much happens
 * within one, in virtual time at once: its steps are laid out evenly over it, in their order.
 */

/** Later times do not fit into the nanoseconds of Perfetto, which has 64 bits for them. */
export const LATEST_MS = 9_000_000_000_000;

/** @throws InputError when a time is too late for the format. */
export function refuseTooLate(latest: number): void {
  if (latest <= LATEST_MS) return;
  throw new InputError(
    `--perfetto: its format has no times after ${LATEST_MS} ms, and this ends at ${latest} ms; --html has them`,
  );
}

/**
 * Where each step begins, by its index, and at last where the last one ends.
 *
 * Perfetto reads a fraction as a double, takes it times a thousand and cuts it off. So a µs is only ever halved, which
 * stays exact or rounds alike, and it is not halved where the product has more digits than a double: then the steps of
 * a ms beyond the thousandth share their places.
 */
export function startsOf(steps: readonly RecordedStep[]): Float64Array {
  const starts = new Float64Array(steps.length + 1);
  let first = 0;
  while (first < steps.length) {
    const { at } = steps[first]!.timed;
    let end = first;
    while (end < steps.length && steps[end]!.timed.at === at) end++;
    const halvings = halvingsOf(at, end - first);
    for (let index = first; index < end; index++) {
      const slot = Math.floor(((index - first) * 1000 * halvings) / (end - first));
      starts[index] = at * 1000 + slot / halvings;
    }
    first = end;
  }
  starts[steps.length] = ((steps.at(-1)?.timed.at ?? 0) + 1) * 1000;
  return starts;
}

/** Into how many parts a µs must be cut for so many steps in a ms, as far as doubles can tell them apart. */
function halvingsOf(at: number, steps: number): number {
  let parts = 1;
  while (parts * 1000 < steps && (at + 1) * 1000 * 1000 * parts * 2 <= Number.MAX_SAFE_INTEGER) parts *= 2;
  return parts;
}
