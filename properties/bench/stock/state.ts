import type { Configuration, MachineSize } from '../../../model/configuration.ts';

/**
 * The state of the stock build: plain records under immer. Who is in which phase, and how a machine stands, the
 * actors say; what they said last is copied here, so that rules read one state.
 */
export interface StockState {
  now: number;
  /** Queued and live ones by id; those that have ended are deleted. */
  invocations: Record<number, StockInvocation>;
  machines: StockMachine[];
  shards: { queues: number[][] }[];
  /** Pico-cents since the period began, by tenant; stays 0 without a budget. */
  spent: number[];
  due: StockDue;
}

export interface StockInvocation {
  id: number;
  tenant: number;
  askedClass: number;
  class: number;
  degraded: boolean;
  caller: number | null;
  callee: number | null;
  phase: string;
  shard: number;
  enqueuedAt: number;
  machine: number | null;
  /** In MB. */
  demand: number;
  resident: number;
  attempt: number;
  cpuMs: number;
  mbMs: number;
  meteredAt: number;
}

export interface StockMachine extends MachineSize {
  /** MB that others use. */
  antagonist: number;
  /** The state of each region of its chart. */
  availability: string;
  pressure: string;
  /** Ids in arrival order. */
  live: number[];
  entry: { shard: number; available: number; functions: number } | null;
}

/** What the step in progress still owes. */
export interface StockDue {
  answer: 'none' | 'submit' | 'call' | 'turn' | 'finish' | 'crash';
  /** Whom the answer concerns. */
  subject: number | null;
  shard: number;
  lost: number[];
  waking: number | null;
  outcome: 'ok' | 'failed';
  /** What the step has enqueued and placed, for the obligations that look back. */
  enqueued: number[];
  placed: { shard: number; class: number; waitedMs: number } | null;
}

export const NOTHING_DUE: StockDue = {
  answer: 'none',
  subject: null,
  shard: 0,
  lost: [],
  waking: null,
  outcome: 'ok',
  enqueued: [],
  placed: null,
};

/** The state before `boot`. */
export function initialStockState(config: Configuration): StockState {
  return {
    now: 0,
    invocations: {},
    machines: config.machines.map(emptyMachine),
    shards: Array.from({ length: config.shards }, () => ({ queues: config.classes.map(() => []) })),
    spent: config.tenants.map(() => 0),
    due: NOTHING_DUE,
  };
}

export function emptyMachine({ cores, ram, swap }: MachineSize): StockMachine {
  return {
    cores,
    ram,
    swap,
    antagonist: 0,
    availability: 'absent',
    pressure: 'ample',
    live: [],
    entry: null,
  };
}
