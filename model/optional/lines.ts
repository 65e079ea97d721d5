import type { Invocation, Machine } from '../entities.ts';
import type { OptionalState } from './optional-state.ts';

/** Places in line: who is queued and waits for which machines. Both sides are kept. */

/** One that is queued takes the last place in the line at a machine; it must have none there. */
export function takePlace(
  { reservations, lines }: OptionalState,
  invocation: Invocation,
  machine: Machine,
): void {
  const places = reservations.get(invocation);
  if (places === undefined) reservations.set(invocation, new Set([machine]));
  else places.add(machine);
  const line = lines.get(machine);
  if (line === undefined) lines.set(machine, new Set([invocation]));
  else line.add(invocation);
}

/** One gives up the place that it has in the line at a machine. */
export function givePlaceUp(
  { reservations, lines }: OptionalState,
  invocation: Invocation,
  machine: Machine,
): void {
  const places = reservations.get(invocation)!;
  places.delete(machine);
  if (places.size === 0) reservations.delete(invocation);
  const line = lines.get(machine)!;
  line.delete(invocation);
  if (line.size === 0) lines.delete(machine);
}

/** One that is queued no longer holds no place in any line. */
export function endReservationsOf(optional: OptionalState, invocation: Invocation): void {
  for (const machine of [...(optional.reservations.get(invocation) ?? [])]) {
    givePlaceUp(optional, invocation, machine);
  }
}

/** A machine that takes no more work has no line. */
export function endReservationsAt(optional: OptionalState, machine: Machine): void {
  for (const invocation of [...(optional.lines.get(machine) ?? [])]) {
    givePlaceUp(optional, invocation, machine);
  }
}
