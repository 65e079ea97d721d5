import type { Configuration } from '../../model/configuration.ts';
import { createGenerator } from '../../reference-impl/random.ts';
import { play } from '../../reference-impl/simulation/clock.ts';
import {
  momentsOf,
  type RuntimeDistribution,
  samplerOf,
} from '../../reference-impl/simulation/distributions.ts';
import { synthesize } from '../../reference-impl/simulation/synthetic.ts';
import { playFullMachines } from './full-machine.ts';
import { LAWS, type Setting, WAIT_FOR_DISK } from './laws.ts';

/** What one run measured: the mean of each row, and how far it is from Little's law. */
export interface Replication {
  readonly means: ReadonlyMap<string, number>;
  /** |L − λW| / L over the whole run: the functions in the system, over time, against the sum of all latencies. */
  readonly littleError: number;
  readonly functions: number;
}

/**
 * The parts at the beginning and at the end of a run that are not measured, since it starts and ends empty: where there are
 * many machines it takes as many more functions to fill them.
 */
function edgeOf({ machines = 1 }: Setting): number {
  return machines === 1 ? 0.01 : 0.05;
}

/** Plays one replication: this many functions through the queue of the setting. */
export function replicate(setting: Setting, functions: number, seed: number): Replication {
  const law = LAWS[setting.law];
  if (law.isOfDisk) return replicateDisk(setting, functions, seed);
  const sums = new Map<string, { sum: number; count: number }>();
  const edge = edgeOf(setting);
  let latencyMs = 0;
  const { usage } = play({
    scheduler: law.scheduler(),
    configuration: configurationOf(setting),
    workload: synthesize({
      classes: classesOf(setting).map((priceClass, index) => ({
        ...priceClass,
        weight: setting.weights?.[index] ?? 1,
      })),
      // A shard's customers need nothing but its turn: they run for the shortest time there is.
      runtime: law.isOfShard ? { kind: 'deterministic', meanMs: 1 } : setting.service,
      memoryMb: { least: 1, most: 1, distribution: 'uniform' },
      growthSteps: 0,
      arrivals: 'poisson',
      tickMs: 1000,
      phases: [{ fromMs: 0, load: setting.load }],
      cores: law.isOfShard ? 1 / momentsOf(setting.service).mean : setting.cores * (setting.machines ?? 1),
      untilMs: Number.POSITIVE_INFINITY,
      functions,
      calls: { probability: 0, depth: 0 },
      seed,
    }),
    ...(law.isOfShard ? { turnMs: turns(setting.service, seed) } : {}),
    onEnd(ended) {
      latencyMs += ended.endedAtMs - ended.submittedAtMs;
      if (ended.id < edge * functions || ended.id >= (1 - edge) * functions) return;
      for (const [row, value] of law.measure(ended, setting)) {
        const known = sums.get(row);
        if (known === undefined) sums.set(row, { sum: value, count: 1 });
        else {
          known.sum += value;
          known.count++;
        }
      }
    },
  });
  return {
    means: new Map([...sums].map(([row, { sum, count }]) => [row, sum / count])),
    littleError: Math.abs(usage.liveMs - latencyMs) / usage.liveMs,
    functions,
  };
}

function replicateDisk(setting: Setting, functions: number, seed: number): Replication {
  const transferMs = momentsOf(setting.service).mean;
  let sum = 0;
  let count = 0;
  const { liveMs, latencyMs } = playFullMachines(
    LAWS[setting.law].scheduler,
    synthesize({
      ...ARRIVALS_ONLY,
      phases: [{ fromMs: 0, load: setting.load }],
      cores: 1 / transferMs,
      functions,
      seed,
    }),
    transferMs,
    (waitMs) => {
      sum += waitMs;
      count++;
    },
  );
  const means = new Map([[WAIT_FOR_DISK, sum / count]]);
  return { means, littleError: Math.abs(liveMs - latencyMs) / liveMs, functions };
}

/** They run for the shortest time there is: what they need is something else. */
const ARRIVALS_ONLY = {
  classes: [{ name: 'class 0', price: 1, weight: 1 }],
  runtime: { kind: 'deterministic', meanMs: 1 },
  memoryMb: { least: 1, most: 1, distribution: 'uniform' },
  growthSteps: 0,
  arrivals: 'poisson',
  tickMs: 1000,
  untilMs: Number.POSITIVE_INFINITY,
  calls: { probability: 0, depth: 0 },
} as const;

/** Turns have a generator of their own, so that the arrivals are those of any other law with this seed. */
function turns(service: RuntimeDistribution, seed: number): () => number {
  const generator = createGenerator(seed + 2 ** 40);
  const draw = samplerOf(service);
  return () => Math.max(1, Math.round(draw(generator)));
}

const CORES_FOR_A_SHARD = 1000;

function configurationOf(setting: Setting): Configuration {
  const cores = LAWS[setting.law].isOfShard ? CORES_FOR_A_SHARD : setting.cores;
  const { machines = 1, choices = 1 } = setting;
  return {
    classes: classesOf(setting),
    memoryPrice: 0,
    machines: Array.from({ length: machines }, () => ({ cores, ram: 1_000_000, swap: 0 })),
    shards: 1,
    kMachines: choices,
    kShards: 1,
    initialMemory: 1,
    idle: { enter: 2_000_000, leave: 2_000_000, memoryDrift: 1, functionsDrift: 1 },
    maxAttempts: 1,
    seed: 1,
    tenants: [{ budget: null }],
  };
}

function classesOf({ prices }: Setting) {
  return prices.map((price, index) => ({ name: `class ${index}`, price }));
}
