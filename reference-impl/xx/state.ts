import type { Immutable } from 'immer';
import type { Configuration, MachineSize, Paging } from '../../model/configuration.ts';
import { createGenerator, type Generator } from '../random.ts';
import { createSlotTable, type SlotTable } from '../slot-table.ts';
import type { UsedIds } from './used-ids.ts';

/**
 * The state of XX: plain data, so that recipes can mutate it directly or as an immer draft. Invocations live in
 * slots, which the next ones reuse, so the state is as large as what is live, however much has ended. Whatever
 * refers to an invocation does so by slot; only the outside world uses ids.
 */

/** No invocation, no machine, no shard: what a reference holds when it refers to nothing. */
export const NONE = -1;

/** Where a live invocation is; those that have ended have no slot. */
export type Phase = 'queued' | 'ready' | 'running' | 'blocked';

/** One live invocation. */
export interface Invocation {
  id: number;
  tenant: number;
  function: string;
  askedClass: number;
  /** The effective class (paper section 3.1): what it is queued, run and billed at. It never changes. */
  class: number;
  /** Whether a budget put the chain it belongs to at the lowest class. */
  degraded: boolean;
  /** The slot of the invocation that is blocked on this one. */
  caller: number;
  /** The slot of the invocation that this one is blocked on. */
  callee: number;
  phase: Phase;
  shard: number;
  /** Time in ms of its last entry into a queue. */
  enqueuedAt: number;
  machine: number;
  /** What a machine ranks it by: its effective class, unless a policy says otherwise. */
  priority: number;
  /** Its place in the machine's arrival order: drawn when placed, and again on waking. */
  ticket: number;
  /**
   * MB that it uses, and the part of them that is in RAM; the rest is in swap. Where paging takes time, some may be nowhere
   * yet, and a part of what is in RAM may be in flight, in or out; it is in swap as well.
   */
  demand: number;
  resident: number;
  fresh: number;
  incoming: number;
  outgoing: number;
  /** The first is 1. */
  attempt: number;
  /** What this attempt has used up to `meteredAt`. */
  cpuMs: number;
  mbMs: number;
  meteredAt: number;
}

export type MachineStatus = 'up' | 'draining' | 'down';

/** One machine, with running sums over its live invocations. */
export interface Machine {
  status: MachineStatus;
  cores: number;
  ram: number;
  swap: number;
  /** RAM′: what antagonists leave of the RAM, in MB. */
  usableRam: number;
  /** Slots of the ready and the running, by rank, best first. */
  runnable: number[];
  /** Slots of the blocked, by rank, best first. */
  blocked: number[];
  /** How many are live: the runnable and the blocked. */
  live: number;
  /** How many of the runnable run. */
  running: number;
  /** Sums over all live ones, in MB. */
  demand: number;
  resident: number;
  /** The shard whose idle list it is on; at most one. */
  listedOn: number;
  /** The swap that demands may count on, in MB: all, less what paging that takes time keeps free. */
  countedSwap: number;
  /** What its disk does, where paging takes time; else null. */
  disk: Disk | null;
}

/** The disk of a machine, and what was found out about the machine when anything but a transfer last changed it. */
export interface Disk {
  transfer: 'none' | 'out' | 'in' | 'dying';
  /** The slot of the invocation whose chunk is in flight; NONE while nothing is, and of one that is dying. */
  owner: number;
  /** MB in flight. */
  mb: number;
  /** MB that were asked for and are nowhere, summed over the live ones. */
  freshMb: number;
  /** Whether the rest still holds. */
  isKnown: boolean;
  /** Slots of those that will run, by rank, and of others, in the order in which they lose their RAM. */
  willRun: number[];
  pageOutOrder: number[];
}

/** What a shard believes of one machine on its idle list. */
export interface IdleEntry {
  machine: number;
  /** Its index in that shard's heap. */
  position: number;
  /** MB, and live invocations, as the dispatcher last said, plus the shard's own placements since. */
  available: number;
  functions: number;
}

/** A queue of slots whose front moves up, so that taking from it costs the same however long it is. */
export interface Fifo {
  slots: number[];
  head: number;
}

/** One global scheduler shard (paper section 3.2). */
export interface Shard {
  /** One queue a class, cheapest first. */
  queues: Fifo[];
  /** The machines on its idle list: a binary heap, the best on top. */
  idle: number[];
}

/** What a tenant with a budget has spent (paper section 3.1); the others' accounts stay as they began. */
export interface Account {
  /** When its current period began, in ms. */
  periodStart: number;
  /** Pico-cents in this period, up to `since`. */
  spent: number;
  since: number;
  /**
   * Pico-cents per ms at which it spends: rateHigh · 2^53 + rate. Two numbers, because a sum of prices may pass
   * through the unsafe integers within one ms and come back.
   */
  rate: number;
  rateHigh: number;
}

export interface XXState {
  /** Time of the last step in ms. */
  now: number;
  booted: boolean;
  nextTicket: number;
  generator: Generator;
  /** The slot of every live invocation, by id. */
  slots: SlotTable;
  invocations: Invocation[];
  /**
   * Priority and ticket of each slot by turns, as they were when it got its place on a machine. They are those of the
   * invocation, lying close together: a place is looked for among many, of which nothing else is needed.
   */
  ranks: number[];
  freeSlots: number[];
  usedIds: UsedIds;
  machines: Machine[];
  /** What the shards believe of each machine; means nothing for one that is on no list. */
  entries: IdleEntry[];
  /** The machines that are up, ascending. */
  up: number[];
  shards: Shard[];
  accounts: Account[];
  /** Until this time no tenant's spending leaves the safe integers; past it, that has to be looked at. */
  spendingSafeUntil: number;
  /** The most RAM and swap that any machine ever had, in MB: what bounds every bill and every demand. */
  largestRam: number;
  largestSwap: number;
}

/** The state as others may see it. */
export type ReadonlyXXState = Immutable<XXState>;

/** The state before `boot`. */
export function createState(config: Configuration): XXState {
  return {
    now: 0,
    booted: false,
    nextTicket: 0,
    generator: createGenerator(config.seed),
    slots: createSlotTable(),
    invocations: [],
    ranks: [],
    freeSlots: [],
    usedIds: { starts: [], ends: [] },
    machines: config.machines.map((size) => createMachine(size, config.paging)),
    entries: config.machines.map((_, machine) => createEntry(machine)),
    up: config.machines.map((_, machine) => machine),
    shards: Array.from({ length: config.shards }, () => ({
      queues: config.classes.map(() => ({ slots: [], head: 0 })),
      idle: [],
    })),
    accounts: config.tenants.map(() => ({ periodStart: 0, spent: 0, since: 0, rate: 0, rateHigh: 0 })),
    spendingSafeUntil: Number.POSITIVE_INFINITY,
    largestRam: config.machines.reduce((most, { ram }) => Math.max(most, ram), 0),
    largestSwap: config.machines.reduce((most, { swap }) => Math.max(most, swap), 0),
  };
}

/** A machine that is up and empty. */
export function createMachine({ cores, ram, swap }: MachineSize, paging: Paging | undefined): Machine {
  return {
    status: 'up',
    cores,
    ram,
    swap,
    usableRam: ram,
    runnable: [],
    blocked: [],
    live: 0,
    running: 0,
    demand: 0,
    resident: 0,
    listedOn: NONE,
    countedSwap: Math.max(0, swap - (paging?.reserve ?? 0)),
    disk: paging === undefined ? null : createDisk(),
  };
}

function createDisk(): Disk {
  return { transfer: 'none', owner: NONE, mb: 0, freshMb: 0, isKnown: false, willRun: [], pageOutOrder: [] };
}

/** The entry of a machine that is on no list. */
export function createEntry(machine: number): IdleEntry {
  return { machine, position: NONE, available: 0, functions: 0 };
}
