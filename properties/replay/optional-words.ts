import type { Invocation, Machine } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { clippedList } from '../../model/words.ts';

/** What optional words leave behind, in words: a line each, and none where there is nothing to tell. */

/** Where one that is queued is in line, and whether its client has given up. */
export function waitingWords({ optional }: State, invocation: Invocation): string[] {
  if (optional === null) return [];
  const places = [...(optional.reservations.get(invocation) ?? [])].map(({ id }) => id);
  return [
    ...(places.length === 0 ? [] : [`it is in line at machines ${clippedList(places)}`]),
    ...(optional.givenUp.has(invocation) ? ['its client has given up'] : []),
  ];
}

/** Who is in line at a machine. */
export function lineWords({ optional }: State, machine: Machine): string[] {
  const line = [...(optional?.lines.get(machine) ?? [])].map(({ id }) => id);
  return line.length === 0 ? [] : [`in line at machine ${machine.id}: ${clippedList(line)}`];
}

/** What machines have answered to the probes of a shard. */
export function poolWords({ optional, now }: State, shard: number): string[] {
  const answers = [...(optional?.pools[shard] ?? [])].map(
    ([{ id }, { inFlight, latencyMs, takenAt }]) =>
      `machine ${id} (${inFlight} in flight, ${latencyMs} ms; ${now - takenAt} ms ago)`,
  );
  return answers.length === 0 ? [] : [`pool of shard ${shard}: ${clippedList(answers)}`];
}
