import type { Configuration } from '../../model/configuration.ts';
import { play } from '../../reference-impl/simulation/clock.ts';
import { Metrics } from '../../reference-impl/simulation/metrics.ts';
import {
  configurationOf,
  type RawOptions,
  readOptions,
  type SimulationOptions,
} from '../../reference-impl/simulation/options.ts';
import { synthesize } from '../../reference-impl/simulation/synthetic.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import type { WorkloadName } from './finding.ts';

/** What a scheduler makes of a workload, as far as the price of a repair goes. Latencies in ms, of those that completed. */
export interface Price {
  readonly scheduler: string;
  readonly highest: Latency;
  readonly lowest: Latency;
  readonly killed: number;
  readonly throttled: number;
  /** All that was ever swapped out, in MB. */
  readonly swappedMb: number;
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

interface Workload {
  /** In one sentence. */
  readonly words: string;
  readonly options: RawOptions;
  /** The tenants that functions belong to by turns, if there is more than one. */
  readonly tenants: Configuration['tenants'];
}

const COMMON = {
  functions: 3000,
  load: 0.95,
  classes: 'background:1:40,standard:2:20,interactive:4:40',
  calls: '0.2:3',
  runtime: 'exponential:200',
  arrivals: 'per-tick',
  turn: 30,
  kMachines: 2,
} as const;

const SAME =
  '3,000 functions, 40 % of the lowest of three classes and 40 % of the highest, on 4 machines of 3 cores, load 0.95, in bursts of a second; run times are exponential with a mean of 200 ms; one function in five calls another and waits; two shards, a turn takes 30 ms, a poll asks 2 machines';

export const WORKLOADS: Readonly<Record<WorkloadName, Workload>> = {
  busy: {
    words: `${SAME}; 2,048 MB of RAM and 8,192 MB of swap a machine`,
    options: COMMON,
    tenants: [{ budget: null }],
  },
  tight: {
    words: `${SAME}; 2,048 MB of RAM and 1,024 MB of swap a machine, so that some are killed`,
    options: { ...COMMON, swap: 1024 },
    tenants: [{ budget: null }],
  },
  budgeted: {
    words: `${SAME}; of two tenants, to which functions belong by turns, one has a budget of less than it asks for`,
    options: COMMON,
    tenants: [{ budget: 100_000, period: 10_000, burstPercent: 5 }, { budget: null }],
  },
};

/** Plays a workload into a scheduler. The same every time. */
export function priceOf(scheduler: string, name: WorkloadName): Price {
  const { options: raw, tenants } = WORKLOADS[name];
  const options = readOptions(raw);
  const configuration = { ...configurationOf(options), tenants };
  const metrics = new Metrics(configuration.classes);
  const { usage } = play({
    scheduler: createScheduler(scheduler),
    configuration,
    workload: byTurns(workloadOf(options), tenants.length),
    turnMs: options.turnMs,
    onEnd: (ended) => metrics.add(ended),
  });
  const { classes, total } = metrics;
  return {
    scheduler,
    highest: latencyOf(classes.at(-1)!),
    lowest: latencyOf(classes[0]!),
    killed: total.killed,
    throttled: total.throttled,
    swappedMb: usage.pagedOutMb,
  };
}

function workloadOf(options: SimulationOptions): Iterable<WorkloadItem> {
  const { load, functions, machines, cores, seed } = options;
  return synthesize({
    ...options,
    tickMs: 1000,
    phases: [{ fromMs: 0, load: load! }],
    cores: machines * cores,
    untilMs: Number.POSITIVE_INFINITY,
    functions: functions!,
    seed,
  });
}

function* byTurns(items: Iterable<WorkloadItem>, tenants: number): Iterable<WorkloadItem> {
  let index = 0;
  for (const item of items) yield { ...item, tenant: index++ % tenants };
}

function latencyOf({ latencyMs }: Metrics['classes'][number]): Latency {
  return { p50: rounded(latencyMs.p50), p99: rounded(latencyMs.p99) };
}

/** Null, where none completed, is not one that a page could compare. */
function rounded(ms: number | null): number {
  return ms === null ? Number.NaN : Math.round(ms);
}
