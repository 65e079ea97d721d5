import type { Context } from './context.ts';
import { empty } from './sorted.ts';
import { NONE, type Shard, type XXState } from './state.ts';

/**
 * A shard's idle list (paper section 3.2): a binary heap of machines whose entries know their positions, so that
 * the best is at hand, and joining, leaving and changing cost the logarithm of its length.
 */

/** Adds a machine that is on no list. */
export function join(
  xx: Context,
  state: XXState,
  shard: number,
  machine: number,
  available: number,
  functions: number,
): void {
  const { idle } = state.shards[shard]!;
  const entry = state.entries[machine]!;
  state.machines[machine]!.listedOn = shard;
  entry.available = available;
  entry.functions = functions;
  idle.push(machine);
  rise(xx, state, idle, idle.length - 1, machine);
}

/** Takes a machine off the list that it is on. */
export function leave(xx: Context, state: XXState, machine: number): void {
  const entry = state.entries[machine]!;
  const idle = listOf(state, machine);
  const { position } = entry;
  state.machines[machine]!.listedOn = NONE;
  entry.position = NONE;
  const last = idle.pop()!;
  if (last !== machine) moveTo(xx, state, idle, position, last);
}

/** Gives the entry of a listed machine other figures. */
export function refresh(
  xx: Context,
  state: XXState,
  machine: number,
  available: number,
  functions: number,
): void {
  const entry = state.entries[machine]!;
  entry.available = available;
  entry.functions = functions;
  moveTo(xx, state, listOf(state, machine), entry.position, machine);
}

/** Empties a list. */
export function clear(state: XXState, shard: Shard): void {
  for (const machine of shard.idle) {
    state.machines[machine]!.listedOn = NONE;
    state.entries[machine]!.position = NONE;
  }
  empty(shard.idle);
}

/** The list that a listed machine is on. */
function listOf(state: XXState, machine: number): number[] {
  return state.shards[state.machines[machine]!.listedOn]!.idle;
}

function moveTo(xx: Context, state: XXState, idle: number[], position: number, machine: number): void {
  sink(xx, state, idle, rise(xx, state, idle, position, machine), machine);
}

/** Moves a machine from an open position towards the top, and returns where it came to rest. */
function rise(xx: Context, state: XXState, idle: number[], from: number, machine: number): number {
  const { listedBefore } = xx.policies;
  const entry = state.entries[machine]!;
  let position = from;
  while (position > 0) {
    const parent = (position - 1) >>> 1;
    const above = state.entries[idle[parent]!]!;
    if (!listedBefore(entry, above)) break;
    idle[position] = above.machine;
    above.position = position;
    position = parent;
  }
  idle[position] = machine;
  entry.position = position;
  return position;
}

function sink(xx: Context, state: XXState, idle: number[], from: number, machine: number): void {
  const { listedBefore } = xx.policies;
  const entry = state.entries[machine]!;
  let position = from;
  for (let child = 2 * position + 1; child < idle.length; child = 2 * position + 1) {
    let below = state.entries[idle[child]!]!;
    if (child + 1 < idle.length) {
      const sibling = state.entries[idle[child + 1]!]!;
      if (listedBefore(sibling, below)) {
        below = sibling;
        child++;
      }
    }
    if (!listedBefore(below, entry)) break;
    idle[position] = below.machine;
    below.position = position;
    position = child;
  }
  idle[position] = machine;
  entry.position = position;
}
