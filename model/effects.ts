import type { Entry, Invocation, Machine } from './entities.ts';
import { takeFrom } from './fifo.ts';
import { UnsafeSum } from './input-error.ts';
import { charge, uncharge } from './metering.ts';
import { MANY, type State, touch } from './state.ts';

/**
 * What stimuli and decisions do to the numbers: memory, queues, entries, meters. The charts move beside this; nothing
 * is decided here, and nothing is refused except sums that leave the safe integers.
 */

/** An invocation joins the queue of its effective class at a shard. */
export function joinQueue(
  state: State,
  invocation: Invocation,
  shardId: number,
  effective: number,
  degraded: boolean,
): void {
  const shard = state.shards[shardId]!;
  invocation.shard = shardId;
  invocation.class = effective;
  invocation.degraded = degraded;
  invocation.enqueuedAt = state.now;
  invocation.attempt++;
  shard.queues[effective]!.items.push(invocation);
  shard.queued++;
  state.due.enqueued.push(invocation);
}

/**
 * Binds a queued invocation to a machine, with its initial memory. It is the head of its queue unless something is
 * wrong.
 *
 * @throws UnsafeSum when the demand of the machine leaves the safe integers.
 */
export function bind(state: State, invocation: Invocation, machine: Machine): void {
  leaveQueue(state, invocation);
  state.due.placed.push({ invocation, waitedMs: state.now - invocation.enqueuedAt });
  invocation.machine = machine;
  invocation.cpuMs = 0;
  invocation.mbMs = 0;
  invocation.meteredAt = state.now;
  machine.live.push(invocation);
  setDemand(state, invocation, state.config.initialMemory);
  touch(state, machine);
}

/** An invocation that is queued no longer is. */
export function leaveQueue(state: State, invocation: Invocation): void {
  const shard = state.shards[invocation.shard]!;
  takeFrom(shard.queues[invocation.class]!, invocation);
  shard.queued--;
}

/**
 * Growth is resident at once; shrinking frees RAM. If an invocation runs with a part of it in swap, that part stays
 * there, up to its new demand.
 *
 * @throws UnsafeSum when the demand of the machine leaves the safe integers.
 */
export function setDemand(state: State, invocation: Invocation, demand: number): void {
  const machine = invocation.machine!;
  const growth = demand - invocation.demand;
  if (!Number.isSafeInteger(machine.demand + growth)) {
    throw new UnsafeSum(
      `the demand of machine ${machine.id} leaves the safe integers (${machine.demand} MB and ${growth} MB more)`,
    );
  }
  uncharge(state, invocation);
  const before = invocation.resident;
  const swapped = invocation.demand - before;
  invocation.demand = demand;
  invocation.resident = Math.max(0, demand - swapped);
  charge(state, invocation);
  machine.demand += growth;
  machine.resident += invocation.resident - before;
  machine.willRunKnown = false;
  touch(state, machine);
}

/** Moves memory between RAM and swap: positive `memory` comes in, negative goes out. */
export function page(state: State, invocation: Invocation, memory: number): void {
  const machine = invocation.machine!;
  uncharge(state, invocation);
  invocation.resident += memory;
  charge(state, invocation);
  machine.resident += memory;
  machine.willRunKnown = false;
  touch(state, machine);
}

/** Removes an invocation from its machine. Its phase must already have changed. */
export function leaveMachine(state: State, invocation: Invocation): void {
  const machine = invocation.machine!;
  takeOut(machine.live, invocation);
  machine.demand -= invocation.demand;
  machine.resident -= invocation.resident;
  machine.willRunKnown = false;
  touch(state, machine);
  invocation.machine = null;
  invocation.demand = 0;
  invocation.resident = 0;
  invocation.willRun = false;
}

/** A woken caller goes to the end of its machine's arrival order, as a blocked thread does under SCHED_FIFO. */
export function moveToEnd(state: State, invocation: Invocation): void {
  const { live } = invocation.machine!;
  takeOut(live, invocation);
  live.push(invocation);
  invocation.machine!.willRunKnown = false;
  touch(state, invocation.machine!);
}

/** Splicing makes an array of what it takes out. */
function takeOut(live: Invocation[], invocation: Invocation): void {
  const last = live.length - 1;
  for (let index = live.indexOf(invocation); index < last; index++) live[index] = live[index + 1]!;
  live.pop();
}

/** Separates a caller from the callee it waits for, which goes on as an orphan. */
export function orphanCallee(invocation: Invocation): void {
  if (invocation.callee !== null) invocation.callee.caller = null;
  invocation.callee = null;
}

/** Adds an entry for a machine to the idle list of a shard, or changes the entry that it has. */
export function writeEntry(state: State, machine: Machine, entry: Entry): void {
  const before = machine.entry;
  const { entriesByFunctions, listed } = state.shards[entry.shard]!;
  if (before === null) listed.add(machine);
  else entriesByFunctions[Math.min(before.functions, MANY)]!--;
  machine.entry = entry;
  const functions = Math.min(entry.functions, MANY);
  entriesByFunctions[functions] = (entriesByFunctions[functions] ?? 0) + 1;
  touch(state, machine);
}

export function dropEntry(state: State, machine: Machine): void {
  const entry = machine.entry!;
  const shard = state.shards[entry.shard]!;
  shard.entriesByFunctions[Math.min(entry.functions, MANY)]!--;
  shard.listed.delete(machine);
  machine.entry = null;
  touch(state, machine);
}

/** Gives a machine the size that it joins with, and no antagonist. */
export function resizeMachine(machine: Machine, size: { cores: number; ram: number; swap: number }): void {
  machine.cores = size.cores;
  machine.ram = size.ram;
  machine.swap = size.swap;
  machine.antagonist = 0;
  machine.willRunKnown = false;
}
