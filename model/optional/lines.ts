import type { ChartWalk } from '../chart-walk.ts';
import type { Invocation, Machine } from '../entities.ts';
import { RESERVATION, reservationTable } from '../table.ts';
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

/** By this event one that is queued no longer is, and holds no place in any line. */
export function endReservationsOf(
  optional: OptionalState,
  invocation: Invocation,
  walk: ChartWalk,
  event: number,
): void {
  for (const machine of [...(optional.reservations.get(invocation) ?? [])]) {
    walk.pass(reservationTable, RESERVATION.held, event);
    givePlaceUp(optional, invocation, machine);
  }
}

/** By this event a machine takes no more work, and has no line. */
export function endReservationsAt(
  optional: OptionalState,
  machine: Machine,
  walk: ChartWalk,
  event: number,
): void {
  for (const invocation of [...(optional.lines.get(machine) ?? [])]) {
    walk.pass(reservationTable, RESERVATION.held, event);
    givePlaceUp(optional, invocation, machine);
  }
}
