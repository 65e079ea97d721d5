import type { Outcome } from '../../model/alphabet.ts';
import { giveSlot, takeSlot } from '../slot-table.ts';
import { type Context, touch, unsettle } from './context.ts';
import { meterCpu, resetMeter, setResident } from './meter.ts';
import { enqueue } from './multi-queue.ts';
import { insertRanked, removeRanked } from './rank.ts';
import { type Invocation, type Machine, NONE, type XXState } from './state.ts';
import { askFor } from './transfer.ts';
import { use } from './used-ids.ts';

/** The life of one invocation: queued, placed, blocked, woken, ended or lost. */

/** Makes a queued invocation of an unused id, in no queue yet, and returns its slot. */
export function createInvocation(
  state: XXState,
  id: number,
  tenant: number,
  label: string,
  askedClass: number,
  effectiveClass: number,
  degraded: boolean,
  shard: number,
): number {
  use(state.usedIds, id);
  let slot = state.freeSlots.length - 1;
  if (slot >= 0) {
    slot = state.freeSlots.pop()!;
    const reused = state.invocations[slot]!;
    reused.id = id;
    reused.tenant = tenant;
    reused.function = label;
    reused.askedClass = askedClass;
    reused.class = effectiveClass;
    reused.degraded = degraded;
    reused.phase = 'queued';
    reused.shard = shard;
    reused.enqueuedAt = state.now;
    reused.attempt = 1;
  } else {
    slot = state.invocations.length;
    state.invocations.push({
      id,
      tenant,
      function: label,
      askedClass,
      class: effectiveClass,
      degraded,
      caller: NONE,
      callee: NONE,
      phase: 'queued',
      shard,
      enqueuedAt: state.now,
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
    });
  }
  giveSlot(state.slots, id, slot);
  return slot;
}

/** Puts a queued invocation at the end of its class queue and says so. */
export function announceQueued(xx: Context, state: XXState, slot: number): void {
  const { id, shard, class: effectiveClass, degraded } = state.invocations[slot]!;
  enqueue(state.shards[shard]!, effectiveClass, slot);
  xx.decisions.push({ type: 'enqueue', id, shard, class: effectiveClass, degraded });
}

/**
 * Puts an invocation on a machine, ready, last in the arrival order, with its initial memory in RAM or, where paging takes
 * time, asked for.
 */
export function arrive(xx: Context, state: XXState, slot: number, machineId: number): void {
  const invocation = state.invocations[slot]!;
  const machine = state.machines[machineId]!;
  invocation.phase = 'ready';
  invocation.machine = machineId;
  invocation.priority = xx.policies.priorityOf(invocation.class);
  invocation.ticket = state.nextTicket++;
  invocation.demand = xx.config.initialMemory;
  resetMeter(invocation, state.now);
  machine.live++;
  machine.demand += invocation.demand;
  if (machine.disk === null) setResident(xx, state, machine, invocation, invocation.demand);
  else askFor(machine.disk, invocation, invocation.demand);
  insertRanked(state, machine.runnable, slot);
  xx.newcomer = slot;
  unsettle(xx, machineId);
  touch(xx, machineId);
}

/** Gives a core to one that is ready. */
export function start(xx: Context, state: XXState, machine: Machine, slot: number): void {
  const invocation = state.invocations[slot]!;
  meterCpu(xx, state, invocation, true);
  invocation.phase = 'running';
  machine.running++;
  xx.decisions.push({ type: 'start', id: invocation.id });
}

/** Takes the core from a running invocation, which stays where it is in the arrival order. */
export function stop(xx: Context, state: XXState, machine: Machine, slot: number): void {
  const invocation = state.invocations[slot]!;
  meterCpu(xx, state, invocation, false);
  invocation.phase = 'ready';
  machine.running--;
}

/** Blocks a running invocation until another one ends. */
export function block(xx: Context, state: XXState, slot: number, callee: number): void {
  const caller = state.invocations[slot]!;
  const machine = state.machines[caller.machine]!;
  stop(xx, state, machine, slot);
  removeRanked(state, machine.runnable, slot);
  caller.phase = 'blocked';
  insertRanked(state, machine.blocked, slot);
  caller.callee = callee;
  state.invocations[callee]!.caller = slot;
  unsettle(xx, caller.machine);
}

/** Ends an invocation, after its bill: frees what it holds, lets its callee go, wakes its caller. */
export function end(xx: Context, state: XXState, slot: number, outcome: Outcome): void {
  const invocation = state.invocations[slot]!;
  const { id, caller } = invocation;
  if (invocation.machine !== NONE) depart(xx, state, slot);
  orphanCallee(state, invocation);
  invocation.caller = NONE;
  takeSlot(state.slots, id);
  state.freeSlots.push(slot);
  if (caller !== NONE) wake(xx, state, caller, outcome);
}

/** Takes an invocation off its machine, memory and all; a machine that was draining and is now empty is down. */
export function depart(xx: Context, state: XXState, slot: number): void {
  const invocation = state.invocations[slot]!;
  const machineId = invocation.machine;
  const machine = state.machines[machineId]!;
  if (invocation.phase === 'running') stop(xx, state, machine, slot);
  removeRanked(state, invocation.phase === 'blocked' ? machine.blocked : machine.runnable, slot);
  if (machine.disk !== null) xx.pager.abandon(machine.disk, invocation, slot);
  setResident(xx, state, machine, invocation, 0);
  machine.live--;
  machine.demand -= invocation.demand;
  invocation.demand = 0;
  invocation.machine = NONE;
  if (machine.status === 'draining' && machine.live === 0) {
    machine.status = 'down';
    if (machine.disk !== null) xx.pager.forget(machine.disk);
  }
  unsettle(xx, machineId);
  touch(xx, machineId);
}

/** Lets go of the invocation that this one waits for, if any: it goes on, wakes nobody, and keeps its class. */
export function orphanCallee(state: XXState, invocation: Invocation): void {
  if (invocation.callee === NONE) return;
  state.invocations[invocation.callee]!.caller = NONE;
  invocation.callee = NONE;
}

function wake(xx: Context, state: XXState, slot: number, outcome: Outcome): void {
  const caller = state.invocations[slot]!;
  const machine = state.machines[caller.machine]!;
  xx.decisions.push({ type: 'wake', id: caller.id, outcome });
  removeRanked(state, machine.blocked, slot);
  caller.callee = NONE;
  caller.phase = 'ready';
  caller.ticket = xx.policies.ticketOnWaking(caller.ticket, state.nextTicket++);
  insertRanked(state, machine.runnable, slot);
  xx.newcomer = slot;
  unsettle(xx, caller.machine);
}
