import type { Decision } from '../../../model/alphabet.ts';
import { availableRam, type Machine } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { AVAILABILITY } from '../../../model/table.ts';
import { AT, count } from './table.ts';

/** Boundaries of section 3.2: when a machine is on an idle list, on which, and when its entry is refreshed. */

/**
 * In the state before the step.
 *
 * @param placedOn the machine that the step places on from its list, whose entry then counts one more; or -1.
 */
export function beforeRelist(
  { machines, config }: State,
  { machine, available, functions }: Extract<Decision, { type: 'relist' }>,
  placedOn: number,
  counts: Uint32Array,
): void {
  const entry = machines[machine]?.entry;
  if (entry == null) return;
  const counted = entry.functions + (machine === placedOn ? 1 : 0);
  drifts(config, available - entry.available, functions - counted, counts);
}

/** In the state before the step, in which nobody else joins a list. */
export function beforeList(
  { shards, config }: State,
  { shard, polled }: Extract<Decision, { type: 'list' }>,
  counts: Uint32Array,
): void {
  const shortest = shards[shard]?.listed.size ?? 0;
  let next = Number.POSITIVE_INFINITY;
  for (const other of polled) {
    if (other !== shard) next = Math.min(next, shards[other]?.listed.size ?? next);
  }
  if (next >= shortest) count(counts, AT['best-list-against-next'], next - shortest);
  count(counts, AT['shards-against-polled'], config.shards - config.kShards);
}

export function onList(
  { config }: State,
  { available }: Extract<Decision, { type: 'list' }>,
  counts: Uint32Array,
): void {
  const off = available - config.idle.enter;
  if (off === 0 || off === 1) counts[AT['available-against-enter'] + 1 + off]!++;
}

export function afterUnlist(
  { machines, config }: State,
  { machine }: Extract<Decision, { type: 'unlist' }>,
  counts: Uint32Array,
): void {
  const left = machines[machine]!;
  const isUp = left.availability === AVAILABILITY.up;
  if (isUp && availableRam(left) === config.idle.leave - 1) counts[AT['available-against-leave']]!++;
}

/** A machine in a quiet state. */
export function quietEntry(machine: Machine, { config }: State, counts: Uint32Array): void {
  const { entry } = machine;
  const available = availableRam(machine);
  if (entry === null) {
    const isUp = machine.availability === AVAILABILITY.up;
    if (isUp && available === config.idle.enter - 1) counts[AT['available-against-enter']]!++;
    return;
  }
  const off = available - config.idle.leave;
  if (off === 0 || off === 1) counts[AT['available-against-leave'] + 1 + off]!++;
  const [memory, functions] = [available - entry.available, machine.live.length - entry.functions];
  if (memory !== 0 || functions !== 0) drifts(config, memory, functions, counts);
}

/** How far an entry is from the truth; nothing is counted where it has not drifted at all. */
function drifts({ idle }: State['config'], memory: number, functions: number, counts: Uint32Array): void {
  const { memoryDrift, functionsDrift } = idle;
  if (memory > 0) count(counts, AT['gained-against-memory-drift'], memory - memoryDrift);
  if (memory < 0) count(counts, AT['lost-against-memory-drift'], -memory - memoryDrift);
  if (functions > 0) count(counts, AT['come-against-functions-drift'], functions - functionsDrift);
  if (functions < 0) count(counts, AT['gone-against-functions-drift'], -functions - functionsDrift);
}
