import { PRESENCE, type Snapshot, STAGE, TRANSFER } from '../../model/snapshot.ts';
import { giveSlot, slotOf, takeSlot } from '../slot-table.ts';
import type { Context } from './context.ts';
import { clear, join } from './idle-list.ts';
import { insertRanked } from './rank.ts';
import { empty } from './sorted.ts';
import {
  createEntry,
  createMachine,
  type Disk,
  type Invocation,
  type MachineStatus,
  NONE,
  type Phase,
  type XXState,
} from './state.ts';
import { useNext } from './used-ids.ts';

const PHASE_OF_STAGE: readonly Phase[] = ['queued', 'queued', 'ready', 'running', 'blocked'];

/**
 * Puts XX into a state of a bounded instance, from any other state of it: the slot of an invocation is its id, its
 * ticket its place in the arrival order.
 */
export function loadSnapshot(xx: Context, state: XXState, snapshot: Snapshot): void {
  clearState(state, snapshot.now);
  fitMachines(xx, state, snapshot);
  const { invocations } = snapshot;
  // The next to arrive comes after all that are here, whose places are their tickets.
  state.nextTicket = invocations.length;
  while (state.invocations.length < invocations.length) state.invocations.push(blankInvocation());
  for (let id = 0; id < invocations.length; id++) loadInvocation(xx, state, snapshot, id);
  for (let machine = 0; machine < state.machines.length; machine++) {
    loadDisk(state, snapshot, machine);
    const { shard, available, functions } = snapshot.machines[machine]!;
    if (shard >= 0) join(xx, state, shard, machine, available, functions);
  }
  if (xx.budgets[0] !== null) loadAccount(xx, state, snapshot);
}

const STATUSES: readonly MachineStatus[] = ['up', 'draining', 'down'];

/** As many machines as have ever joined, all of one size, each up or not. */
function fitMachines(xx: Context, state: XXState, { machines }: Snapshot): void {
  const known = state.machines.length;
  let count = xx.config.machines.length;
  while (count < machines.length && machines[count]!.presence !== PRESENCE.absent) count++;
  for (let id = known; id < count; id++) {
    state.machines.push(createMachine(xx.config.machines[0]!, xx.config.paging));
    state.entries.push(createEntry(id));
  }
  if (count < known) {
    state.machines.length = count;
    state.entries.length = count;
  }
  empty(state.up);
  for (let id = 0; id < count; id++) {
    const { presence } = machines[id]!;
    state.machines[id]!.status = STATUSES[presence]!;
    if (presence === PRESENCE.up) state.up.push(id);
  }
}

/** The one tenant of a bounded instance: what it has spent, and what it spends a ms. */
function loadAccount(xx: Context, state: XXState, { now, spent, invocations }: Snapshot): void {
  const account = state.accounts[0]!;
  const { period } = xx.budgets[0]!;
  account.periodStart = now - (now % period);
  account.spent = spent;
  account.since = now;
  account.rate = 0;
  account.rateHigh = 0;
  for (const { stage, class: effectiveClass } of invocations) {
    if (stage === STAGE.running) account.rate += xx.prices[effectiveClass]!;
  }
  for (const { resident } of state.machines) account.rate += resident * xx.config.memoryPrice;
  state.spendingSafeUntil = now;
}

const TRANSFERS: readonly Disk['transfer'][] = ['none', 'out', 'in', 'dying'];

/** A chunk in flight is in RAM as well, either way. */
function loadDisk(state: XXState, { machines, invocations }: Snapshot, id: number): void {
  const machine = state.machines[id]!;
  const { antagonist, disk: transfer, owner, transferMb } = machines[id]!;
  machine.usableRam = Math.max(0, machine.ram - antagonist);
  const { disk } = machine;
  if (disk === null) return;
  disk.transfer = TRANSFERS[transfer]!;
  disk.owner = owner < 0 ? NONE : owner;
  disk.mb = transferMb;
  disk.isKnown = false;
  disk.freshMb = invocations.reduce((sum, one) => sum + (one.machine === id ? one.fresh : 0), 0);
  if (owner < 0) return;
  const invocation = state.invocations[owner]!;
  if (transfer === TRANSFER.in) invocation.incoming = transferMb;
  else invocation.outgoing = transferMb;
  invocation.resident += transferMb;
  machine.resident += transferMb;
}

function isLive(stage: number): boolean {
  return stage >= STAGE.queued && stage <= STAGE.blocked;
}

function clearState(state: XXState, now: number): void {
  state.now = now;
  state.booted = true;
  empty(state.freeSlots);
  empty(state.usedIds.starts);
  empty(state.usedIds.ends);
  for (const shard of state.shards) {
    clear(state, shard);
    for (const queue of shard.queues) {
      empty(queue.slots);
      queue.head = 0;
    }
  }
  for (const machine of state.machines) {
    empty(machine.runnable);
    empty(machine.blocked);
    machine.live = 0;
    machine.running = 0;
    machine.demand = 0;
    machine.resident = 0;
  }
}

function loadInvocation(xx: Context, state: XXState, snapshot: Snapshot, id: number): void {
  const from = snapshot.invocations[id]!;
  const to = state.invocations[id]!;
  to.demand = from.demand;
  to.resident = from.resident;
  to.fresh = from.fresh;
  to.incoming = 0;
  to.outgoing = 0;
  to.machine = from.machine;
  if (from.stage !== STAGE.unused) useNext(state.usedIds, id);
  const held = slotOf(state.slots, id);
  if (held !== undefined && (held !== id || !isLive(from.stage))) takeSlot(state.slots, id);
  if (!isLive(from.stage)) {
    to.caller = NONE;
    to.callee = NONE;
    state.freeSlots.push(id);
    return;
  }
  to.caller = from.caller;
  // A blocked invocation learns from its callee which one it waits for.
  if (from.stage !== STAGE.blocked) to.callee = NONE;
  if (from.caller >= 0) state.invocations[from.caller]!.callee = id;
  to.id = id;
  to.class = from.class;
  to.phase = PHASE_OF_STAGE[from.stage]!;
  to.shard = from.shard;
  to.enqueuedAt = snapshot.now - from.ageMs;
  to.priority = xx.policies.priorityOf(from.class);
  to.ticket = from.position;
  to.degraded = from.degraded === 1;
  to.attempt = from.attempt;
  to.cpuMs = from.cpuMs;
  to.mbMs = from.mbMs;
  to.meteredAt = snapshot.now;
  if (held !== id) giveSlot(state.slots, id, id);
  if (from.machine < 0) {
    putAt(state.shards[from.shard]!.queues[from.class]!.slots, from.position, id);
    return;
  }
  const machine = state.machines[from.machine]!;
  machine.live++;
  machine.demand += from.demand;
  machine.resident += from.resident;
  if (from.stage === STAGE.running) machine.running++;
  insertRanked(state, from.stage === STAGE.blocked ? machine.blocked : machine.runnable, id);
}

/** Puts a slot into its place; until the places before it have theirs, it stands in for them. */
function putAt(slots: number[], position: number, slot: number): void {
  while (slots.length <= position) slots.push(slot);
  slots[position] = slot;
}

function blankInvocation(): Invocation {
  return {
    id: 0,
    tenant: 0,
    function: 'f',
    askedClass: 0,
    class: 0,
    degraded: false,
    caller: NONE,
    callee: NONE,
    phase: 'queued',
    shard: 0,
    enqueuedAt: 0,
    machine: NONE,
    priority: 0,
    ticket: 0,
    demand: 0,
    resident: 0,
    fresh: 0,
    incoming: 0,
    outgoing: 0,
    attempt: 1,
    cpuMs: 0,
    mbMs: 0,
    meteredAt: 0,
  };
}
