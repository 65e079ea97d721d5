import type { Immutable } from 'immer';
import type { Configuration } from '../../model/configuration.ts';
import { slotsIn } from '../slot-table.ts';
import { spentAt } from './budget.ts';
import {
  type IdleEntry,
  type Invocation,
  type Machine,
  type MachineStatus,
  NONE,
  type Phase,
  type ReadonlyXXState,
} from './state.ts';

/** The state as the outside world speaks of it: ids instead of slots, `null` for nothing, no bookkeeping. */
export interface XXView {
  /** Time in ms of the last step. */
  now: number;
  /** The live ones, by ascending id. */
  invocations: InvocationView[];
  machines: MachineView[];
  shards: ShardView[];
  tenants: TenantView[];
}

export interface InvocationView {
  id: number;
  tenant: number;
  function: string;
  /** The effective class. */
  class: number;
  degraded: boolean;
  phase: Phase;
  shard: number;
  enqueuedAt: number;
  machine: number | null;
  /** The invocation that is blocked on this one, and the one that this one is blocked on. */
  caller: number | null;
  callee: number | null;
  attempt: number;
  /** In MB; all are 0 while it is queued. */
  demand: number;
  /** What is held in RAM for it, a chunk in flight with it. */
  resident: number;
  /** What it has asked for and has nowhere yet; what is on its way in, and out. Else than 0 only where paging takes time. */
  fresh: number;
  incoming: number;
  outgoing: number;
}

export interface MachineView {
  status: MachineStatus;
  cores: number;
  ram: number;
  swap: number;
  /** RAM′: what antagonists leave, in MB. */
  usableRam: number;
  /** Sums over the live ones, in MB. */
  demand: number;
  resident: number;
  /** Ids of the live ones in arrival order. */
  arrivalOrder: number[];
  /** What the shard whose idle list it is on believes of it. */
  listed: { shard: number; available: number; functions: number } | null;
  /** What its disk moves: whose, `null` if that one is gone, and how much, in MB. `null`: nothing. */
  transfer: { kind: 'out' | 'in' | 'dying'; owner: number | null; mb: number } | null;
}

export interface ShardView {
  /** Ids in each class queue, cheapest class first. */
  queues: number[][];
  /** The machines on the idle list, ascending. */
  idle: number[];
}

export interface TenantView {
  /** Pico-cents since its period began, or `null` for a tenant without a budget. */
  spent: number | null;
}

/** Draws the view of a state; it costs as much as the state is large. */
export function viewOf(config: Configuration, state: ReadonlyXXState): XXView {
  const invocations = slotsIn(state.slots).map((slot) => state.invocations[slot]!);
  invocations.sort((left, right) => left.id - right.id);
  return {
    now: state.now,
    invocations: invocations.map((invocation) => viewOfInvocation(state, invocation)),
    machines: state.machines.map((machine, id) => viewOfMachine(state, machine, state.entries[id]!)),
    shards: state.shards.map(({ queues, idle }) => ({
      queues: queues.map(({ slots, head }) => idsOf(state, slots.slice(head))),
      idle: [...idle].sort((left, right) => left - right),
    })),
    tenants: config.tenants.map(({ budget, period }, tenant) => ({
      spent: budget === null ? null : spentAt(state.accounts[tenant]!, period!, state.now),
    })),
  };
}

function viewOfInvocation(state: ReadonlyXXState, invocation: Immutable<Invocation>): InvocationView {
  return {
    id: invocation.id,
    tenant: invocation.tenant,
    function: invocation.function,
    class: invocation.class,
    degraded: invocation.degraded,
    phase: invocation.phase,
    shard: invocation.shard,
    enqueuedAt: invocation.enqueuedAt,
    machine: invocation.machine === NONE ? null : invocation.machine,
    caller: idOf(state, invocation.caller),
    callee: idOf(state, invocation.callee),
    attempt: invocation.attempt,
    demand: invocation.demand,
    resident: invocation.resident,
    fresh: invocation.fresh,
    incoming: invocation.incoming,
    outgoing: invocation.outgoing,
  };
}

function viewOfMachine(
  state: ReadonlyXXState,
  machine: Immutable<Machine>,
  entry: Immutable<IdleEntry>,
): MachineView {
  const { status, cores, ram, swap, usableRam, demand, resident, runnable, blocked, listedOn } = machine;
  const arrived = [...runnable, ...blocked];
  arrived.sort((left, right) => state.invocations[left]!.ticket - state.invocations[right]!.ticket);
  const { available, functions } = entry;
  const listed = listedOn === NONE ? null : { shard: listedOn, available, functions };
  const arrivalOrder = idsOf(state, arrived);
  const transfer = transferOf(state, machine);
  return { status, cores, ram, swap, usableRam, demand, resident, arrivalOrder, listed, transfer };
}

function transferOf(state: ReadonlyXXState, { disk }: Immutable<Machine>): MachineView['transfer'] {
  if (disk === null || disk.transfer === 'none') return null;
  return { kind: disk.transfer, owner: idOf(state, disk.owner), mb: disk.mb };
}

function idsOf(state: ReadonlyXXState, slots: readonly number[]): number[] {
  return slots.map((slot) => state.invocations[slot]!.id);
}

function idOf(state: ReadonlyXXState, slot: number): number | null {
  return slot === NONE ? null : state.invocations[slot]!.id;
}
