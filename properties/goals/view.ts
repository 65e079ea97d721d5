import type { Configuration } from '../../model/configuration.ts';
import type { Invocation, Machine } from '../../model/entities.ts';
import { rateOf } from '../../model/metering.ts';
import type { State } from '../../model/state.ts';
import { availabilityTable, invocationTable } from '../../model/table.ts';
import { everybody, invocationOf } from '../../model/unended.ts';

/**
 * The state of a cluster as goals see it: what happens to be true after a step, in the words of files and reports. It
 * stays as it is when the model is built otherwise. Memory is in MB, time in ms, money in pico-cents.
 */
export interface GoalState {
  readonly now: number;
  readonly config: Configuration;
  /** By id. */
  readonly machines: readonly GoalMachine[];
  /** All that have not ended, in no order. */
  readonly invocations: readonly GoalInvocation[];
  /** One that has not ended; undefined when there is none of that id. */
  readonly invocation: (id: number) => GoalInvocation | undefined;
  readonly shards: readonly GoalShard[];
  readonly tenants: readonly GoalTenant[];
}

export interface GoalInvocation {
  readonly id: number;
  readonly tenant: number;
  readonly function: string;
  readonly askedClass: number;
  /** The effective class. */
  readonly class: number;
  readonly degraded: boolean;
  readonly phase: 'queued' | 'ready' | 'running' | 'blocked';
  /** The one that waits for it, and the one that it waits for; null when there is none. */
  readonly caller: number | null;
  readonly callee: number | null;
  readonly shard: number;
  readonly enqueuedAt: number;
  /** Null while it is queued. */
  readonly machine: number | null;
  readonly demand: number;
  readonly resident: number;
  /** The first is 1. */
  readonly attempt: number;
}

export interface GoalMachine {
  readonly id: number;
  readonly cores: number;
  readonly ram: number;
  readonly swap: number;
  readonly antagonist: number;
  readonly availability: 'up' | 'draining' | 'down';
  /** In arrival order. */
  readonly live: readonly GoalInvocation[];
  readonly demand: number;
  readonly resident: number;
  readonly running: number;
  /** What an idle list says of it; null while it is on none. */
  readonly entry: { readonly shard: number; readonly available: number; readonly functions: number } | null;
}

export interface GoalShard {
  /** Ids in the queue of each class, the one that has waited longest first. */
  readonly queues: readonly (readonly number[])[];
  /** Ids of the machines on its idle list, in no order. */
  readonly listed: readonly number[];
}

export interface GoalTenant {
  /** Null: it has none. */
  readonly budget: number | null;
  /** Since its current period began; 0 where there is no budget. */
  readonly spent: number;
}

/** Shows a state to goals. Parts that are not looked at are not built. */
export function viewOf(state: State): GoalState {
  return new View(state);
}

class View implements GoalState {
  private readonly state: State;

  constructor(state: State) {
    this.state = state;
  }

  get now(): number {
    return this.state.now;
  }

  get config(): Configuration {
    return this.state.config;
  }

  get machines(): readonly GoalMachine[] {
    return this.state.machines.map(machineOf);
  }

  get invocations(): readonly GoalInvocation[] {
    return everybody(this.state.invocations).map(shown);
  }

  // A goal may take it out of the state.
  readonly invocation = (id: number): GoalInvocation | undefined => {
    const invocation = invocationOf(this.state.invocations, id);
    return invocation === undefined ? undefined : shown(invocation);
  };

  get shards(): readonly GoalShard[] {
    return this.state.shards.map(({ queues, listed }) => ({
      queues: queues.map(({ items, head }) => items.slice(head).map(({ id }) => id)),
      listed: [...listed].map(({ id }) => id),
    }));
  }

  get tenants(): readonly GoalTenant[] {
    const { state } = this;
    return state.tenants.map((account) => ({ budget: account.budget, spent: spentNow(state, account) }));
  }
}

function spentNow(state: State, account: State['tenants'][number]): number {
  const { budget, period, meteredAt, spent } = account;
  if (budget === null) return 0;
  const periodStart = state.now - (state.now % period);
  const before = meteredAt < periodStart ? 0 : spent;
  return before + rateOf(state, account) * (state.now - Math.max(meteredAt, periodStart));
}

function shown({ caller, callee, machine, phase, ...invocation }: Invocation): GoalInvocation {
  const { id, tenant, askedClass, degraded, shard, enqueuedAt, demand, resident, attempt } = invocation;
  return {
    id,
    tenant,
    function: invocation.function,
    askedClass,
    class: invocation.class,
    degraded,
    phase: invocationTable.states[phase] as GoalInvocation['phase'],
    caller: caller?.id ?? null,
    callee: callee?.id ?? null,
    shard,
    enqueuedAt,
    machine: machine?.id ?? null,
    demand,
    resident,
    attempt,
  };
}

function machineOf({ availability, live, entry, ...machine }: Machine): GoalMachine {
  const { id, cores, ram, swap, antagonist, demand, resident, running } = machine;
  return {
    id,
    cores,
    ram,
    swap,
    antagonist,
    availability: availabilityTable.states[availability] as GoalMachine['availability'],
    live: live.map(shown),
    demand,
    resident,
    running,
    entry: entry === null ? null : { ...entry },
  };
}
