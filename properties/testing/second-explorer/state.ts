/**
 * A second explorer of bounded instances, written from the specification alone, to count the same: slow, without
 * packing, judging or decisions. It shares nothing with the model, the reference or the first explorer. This is its state,
 * and how that is written down.
 */

export interface Bounds {
  invocations: number;
  machines: number;
  cores: number;
  ram: number;
  swap: number;
  maxDemand: number;
  maxAge: number;
  prices: readonly number[];
  enter: number;
  leave: number;
  memoryDrift: number;
  functionsDrift: number;
  initialMemory: number;
  shards: number;
  calls: boolean;
  shrink?: boolean;
  antagonists?: readonly number[];
  crashes?: number;
  drains?: number;
  joins?: number;
  restarts?: number;
  maxAttempts?: number;
  budget?: { amount: number; period: number; burstPercent: number };
  memoryPrice?: number;
  maxMetered?: number;
}

export interface Invocation {
  phase: 'unused' | 'queued' | 'ready' | 'running' | 'blocked' | 'completed' | 'killed' | 'throttled';
  class: number;
  degraded: boolean;
  attempt: number;
  shard: number;
  age: number;
  machine: number;
  demand: number;
  resident: number;
  /** Who is blocked on it. */
  caller: number | null;
  cpuMs: number;
  mbMs: number;
}

export interface Machine {
  status: 'up' | 'draining' | 'down' | 'absent';
  antagonist: number;
  /** Live ones, as they arrived. */
  order: number[];
  entry: { shard: number; available: number; functions: number } | null;
}

export interface State {
  invocations: Invocation[];
  machines: Machine[];
  /** Ids by shard and class. */
  queues: number[][][];
  elapsed: number;
  spent: number;
  faults: { crashes: number; drains: number; joins: number; restarts: number };
}

export function firstState(bounds: Bounds): State {
  const { joins = 0 } = bounds;
  return {
    invocations: Array.from({ length: bounds.invocations }, () => ({
      phase: 'unused',
      ...{ class: 0, degraded: false, attempt: 0, shard: 0, age: 0, machine: -1 },
      ...{ demand: 0, resident: 0, caller: null, cpuMs: 0, mbMs: 0 },
    })),
    machines: Array.from({ length: bounds.machines + joins }, (_, id) => ({
      status: id < bounds.machines ? 'up' : 'absent',
      antagonist: 0,
      order: [],
      entry: null,
    })),
    queues: Array.from({ length: bounds.shards }, () => bounds.prices.map(() => [])),
    elapsed: 0,
    spent: 0,
    faults: { crashes: 0, drains: 0, joins: 0, restarts: 0 },
  };
}

/** The canonical state in one line, as `xx check --graph` writes it. */
export function lineOf(bounds: Bounds, state: State): string {
  const { crashes = 0, drains = 0, joins = 0, restarts = 0, maxAttempts = 1 } = bounds;
  const { budget, antagonists, maxMetered } = bounds;
  const comeAndGo = crashes + drains + joins > 0;
  const past = ({ degraded, attempt }: Invocation) => ({
    ...(budget === undefined ? {} : { degraded }),
    ...(maxAttempts === 1 ? {} : { attempt }),
  });
  const invocations = state.invocations.map((i) => {
    const { phase, class: priceClass, shard, age, caller, machine, demand, resident, cpuMs, mbMs } = i;
    switch (phase) {
      case 'queued':
        return { phase, class: priceClass, shard, age, caller, ...past(i) };
      case 'ready':
      case 'running':
      case 'blocked': {
        const metered = maxMetered === undefined ? {} : { cpuMs, mbMs };
        // A crash returns it to its shard.
        const home = bounds.shards > 1 && crashes > 0 && maxAttempts > 1 ? { shard } : {};
        return {
          phase,
          class: priceClass,
          ...home,
          machine,
          demand,
          resident,
          caller,
          ...past(i),
          ...metered,
        };
      }
      default:
        return { phase };
    }
  });
  const machines = state.machines.map(({ status, order, entry, antagonist }) => {
    if (status === 'down' || status === 'absent') return { status };
    return {
      ...(comeAndGo ? { status } : {}),
      order,
      entry,
      ...(antagonists === undefined ? {} : { antagonist }),
    };
  });
  const anyUnused = state.invocations.some(({ phase }) => phase === 'unused');
  const account = anyUnused ? { elapsed: state.elapsed, spent: state.spent } : { elapsed: 0, spent: 0 };
  return JSON.stringify({
    invocations,
    machines,
    queues: state.queues,
    ...(budget === undefined ? {} : { account }),
    ...(crashes + drains + joins + restarts > 0 ? { faults: state.faults } : {}),
  });
}
