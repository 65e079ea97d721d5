import { takeOut } from './arrays.ts';
import { type Entry, type Invocation, type Machine, swappedOf } from './entities.ts';
import { takeFrom } from './fifo.ts';
import { UnsafeSum } from './input-error.ts';
import { charge, uncharge } from './metering.ts';
import { MANY, type State, touch } from './state.ts';
import { DISK } from './table.ts';

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
 * Growth is resident at once or, where paging takes time, nowhere yet; shrinking frees RAM. If an invocation runs with a
 * part of it elsewhere, what is nowhere goes first, and what is in swap or in flight stays there, up to its new demand.
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
  machine.resident -= invocation.resident;
  machine.fresh -= invocation.fresh;
  if (growth < 0) shrink(invocation, -growth);
  else if (state.config.paging === undefined) invocation.resident += growth;
  else invocation.fresh += growth;
  invocation.demand = demand;
  charge(state, invocation);
  machine.demand += growth;
  machine.resident += invocation.resident;
  machine.fresh += invocation.fresh;
  machine.willRunKnown = false;
  touch(state, machine);
}

/** Takes memory away from where it is: nowhere, RAM, swap, and the chunk in flight, in this order. */
function shrink(invocation: Invocation, memory: number): void {
  const { machine } = invocation;
  const swapped = swappedOf(invocation);
  const fresh = Math.min(memory, invocation.fresh);
  invocation.fresh -= fresh;
  let rest = memory - fresh;
  const resident = Math.min(rest, invocation.resident);
  invocation.resident -= resident;
  rest -= resident;
  const inFlight = Math.max(0, rest - swapped);
  invocation.inFlight -= inFlight;
  if (inFlight > 0) machine!.transferMb -= inFlight;
}

/** Gives RAM to memory that was nowhere. */
export function grant(state: State, invocation: Invocation, memory: number): void {
  const machine = invocation.machine!;
  uncharge(state, invocation);
  invocation.fresh -= memory;
  invocation.resident += memory;
  charge(state, invocation);
  machine.fresh -= memory;
  machine.resident += memory;
  machine.willRunKnown = false;
  touch(state, machine);
}

/** A chunk sets out, from RAM or from swap; until it has arrived it is held in both. */
export function beginTransfer(
  state: State,
  invocation: Invocation,
  from: 'ram' | 'swap',
  memory: number,
): void {
  const machine = invocation.machine!;
  uncharge(state, invocation);
  if (from === 'ram') {
    invocation.resident -= memory;
    machine.resident -= memory;
  }
  invocation.inFlight = memory;
  charge(state, invocation);
  machine.transferOwner = invocation;
  machine.transferMb = memory;
  machine.willRunKnown = false;
  touch(state, machine);
}

/** The chunk in flight on a machine has arrived: where to, its disk tells, as long as it has not been told. */
export function endTransfer(state: State, machine: Machine): void {
  const owner = machine.transferOwner;
  if (owner !== null) {
    uncharge(state, owner);
    if (machine.disk === DISK.in) {
      owner.resident += owner.inFlight;
      machine.resident += owner.inFlight;
    }
    owner.inFlight = 0;
    charge(state, owner);
  }
  machine.willRunKnown = false;
  forgetTransfer(machine);
  touch(state, machine);
}

/** A machine holds nothing for its disk any more. */
export function forgetTransfer(machine: Machine): void {
  machine.transferOwner = null;
  machine.transferMb = 0;
}

/** Moves memory between RAM and swap at once: positive `memory` comes in, negative goes out. */
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
  machine.fresh -= invocation.fresh;
  if (machine.transferOwner === invocation) machine.transferOwner = null;
  if (machine.disk === DISK.idle) machine.transferMb = 0;
  machine.willRunKnown = false;
  touch(state, machine);
  invocation.machine = null;
  invocation.demand = 0;
  invocation.resident = 0;
  invocation.fresh = 0;
  invocation.inFlight = 0;
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
