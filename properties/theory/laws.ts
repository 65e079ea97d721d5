import { ABLATIONS, createAblation } from '../../reference-impl/peers/ablations.ts';
import { createSrpt } from '../../reference-impl/peers/alps.ts';
import { createHermod } from '../../reference-impl/peers/hermod.ts';
import { createJiq } from '../../reference-impl/peers/jiq.ts';
import { createKairos } from '../../reference-impl/peers/kairos.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { momentsOf, type RuntimeDistribution } from '../../reference-impl/simulation/distributions.ts';
import type { EndedInvocation } from '../../reference-impl/simulation/life.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import {
  leastAttained,
  meanResponse,
  powerOfChoices,
  type ResponseOfSize,
  shortestRemaining,
} from './by-size.ts';
import {
  delayDependent,
  deterministicWait,
  erlangCWait,
  preemptiveResume,
  processorSharing,
} from './formulas.ts';
import { type SizeCell, sizesOf } from './sizes.ts';

/** A queue that theory knows in closed form, and that the simulator is to reproduce. */
export interface Setting {
  readonly law: LawId;
  /** The part of the time, from 0 to 1, that each server is busy. */
  readonly load: number;
  /** What a server has to do for each: the run time, or for a shard how long a turn takes. */
  readonly service: RuntimeDistribution;
  /** Prices of the classes, cheapest first, and what part of the load each brings; by default equal parts. */
  readonly prices: readonly number[];
  readonly weights?: readonly number[];
  /** Servers of a machine, and how many machines there are; 1 unless given. */
  readonly cores: number;
  readonly machines?: number;
  /** How many machines are polled for each; 1 unless given. */
  readonly choices?: number;
}

export type LawId =
  | 'processor-sharing'
  | 'preemptive-priorities'
  | 'delay-dependent'
  | 'erlang-c'
  | 'least-attained-service'
  | 'shortest-remaining'
  | 'power-of-choices'
  | 'join-idle-queue'
  | 'join-the-shortest-queue'
  | 'disk-queue';

export interface Law {
  readonly id: LawId;
  /** What is claimed, in a sentence. */
  readonly sentence: string;
  /** What is measured of each invocation, into which row, in ms or times; `undefined` for neither. */
  readonly measure: (ended: EndedInvocation, setting: Setting) => readonly [row: string, value: number][];
  readonly expected: (setting: Setting) => ReadonlyMap<string, number>;
  readonly scheduler: () => Scheduler;
  /** Whether the shard is the server, and its turns are the service; else the cores are. */
  readonly isOfShard: boolean;
  /** Whether the disk of a machine is the server; else nothing is paged. */
  readonly isOfDisk?: true;
}

/** The one row of a disk. */
export const WAIT_FOR_DISK = 'wait for the disk, ms';
const LATENCY = 'latency, ms';
const LATENCY_OF_SHORT = 'latency, up to the mean size';
const LATENCY_OF_LONG = 'latency, above the mean size';

/** Of laws that tell sizes apart: the rows of all, of those up to the mean size, and of those above it. */
const BY_SIZE: Pick<Law, 'isOfShard' | 'measure'> = {
  isOfShard: false,
  measure({ item: { runMs }, submittedAtMs, endedAtMs }, { service }) {
    const latencyMs = endedAtMs - submittedAtMs;
    return [
      [LATENCY, latencyMs],
      [runMs <= momentsOf(service).mean ? LATENCY_OF_SHORT : LATENCY_OF_LONG, latencyMs],
    ];
  },
};

function rowsBySize(
  { load, service }: Setting,
  formula: (sizes: readonly SizeCell[], perMs: number) => ResponseOfSize[],
): Map<string, number> {
  const { mean } = momentsOf(service);
  const responses = formula(sizesOf(service), load / mean);
  return new Map([
    [LATENCY, meanResponse(responses)],
    [LATENCY_OF_SHORT, meanResponse(responses, (sizeMs) => sizeMs <= mean)],
    [LATENCY_OF_LONG, meanResponse(responses, (sizeMs) => sizeMs > mean)],
  ]);
}

/** Of laws of many machines: nobody waits in the limit, so that each is done when it has run. */
const NOBODY_WAITS: Pick<Law, 'isOfShard' | 'measure' | 'expected'> = {
  isOfShard: false,
  measure: ({ item: { runMs }, submittedAtMs, endedAtMs }) => [
    ['slowdown', (endedAtMs - submittedAtMs) / runMs],
  ],
  expected: () => new Map([['slowdown', 1]]),
};

export const LAWS: Readonly<Record<LawId, Law>> = {
  'processor-sharing': {
    id: 'processor-sharing',
    sentence:
      'M/G/1 processor sharing (Hermod on one core): a job of size x takes x/(1 − ρ) on average, whatever the ' +
      'distribution of sizes',
    isOfShard: false,
    scheduler: () => createHermod(),
    measure({ item: { runMs }, submittedAtMs, endedAtMs }, { service }) {
      const latencyMs = endedAtMs - submittedAtMs;
      const isShort = runMs <= momentsOf(service).mean;
      return [
        ['latency, ms', latencyMs],
        [isShort ? 'slowdown, up to the mean size' : 'slowdown, above the mean size', latencyMs / runMs],
      ];
    },
    expected({ load, service }) {
      const meanMs = momentsOf(service).mean;
      const rows = new Map([
        ['latency, ms', processorSharing(meanMs, load)],
        ['slowdown, up to the mean size', processorSharing(1, load)],
      ]);
      if (service.kind !== 'deterministic') {
        rows.set('slowdown, above the mean size', processorSharing(1, load));
      }
      return rows;
    },
  },

  'preemptive-priorities': {
    id: 'preemptive-priorities',
    sentence: 'M/G/1 preemptive-resume priorities (XX on one core): mean latency of each class',
    isOfShard: false,
    scheduler: () => createXX(),
    measure: ({ item, submittedAtMs, endedAtMs }) => [
      [`latency of class ${item.class}, ms`, endedAtMs - submittedAtMs],
    ],
    expected: (setting) =>
      new Map(
        preemptiveResume(streamsOf(setting).reverse())
          .reverse()
          .map((latencyMs, index) => [`latency of class ${index}, ms`, latencyMs]),
      ),
  },

  'delay-dependent': {
    id: 'delay-dependent',
    sentence:
      'M/G/1 delay-dependent priorities (Kleinrock 1964; a shard of XX, whose turns take time): mean wait of each ' +
      'class until it is placed',
    isOfShard: true,
    scheduler: () => createXX(),
    measure: ({ item, submittedAtMs, placedAtMs }) => [
      [`wait of class ${item.class}, ms`, placedAtMs - submittedAtMs],
    ],
    expected: (setting) =>
      new Map(
        delayDependent(streamsOf(setting), setting.prices).map((waitMs, index) => [
          `wait of class ${index}, ms`,
          waitMs,
        ]),
      ),
  },

  'erlang-c': {
    id: 'erlang-c',
    sentence: 'M/M/c, first come first served (XX with one class on c cores): mean wait, by Erlang C',
    isOfShard: false,
    scheduler: () => createXX(),
    measure: ({ item: { runMs }, submittedAtMs, endedAtMs }) => [
      ['wait, ms', endedAtMs - submittedAtMs - runMs],
    ],
    expected({ cores, load, service }) {
      const { mean } = momentsOf(service);
      return new Map([['wait, ms', erlangCWait(cores, (load * cores) / mean, mean)]]);
    },
  },

  'least-attained-service': {
    ...BY_SIZE,
    id: 'least-attained-service',
    sentence:
      'M/G/1 least attained service, or foreground-background (Kairos on one core, whose quantum is a hundredth of the ' +
      'mean size): mean latency, and that of sizes up to the mean and above it',
    scheduler: () => createKairos(),
    expected: (setting) => rowsBySize(setting, leastAttained),
  },

  'shortest-remaining': {
    ...BY_SIZE,
    id: 'shortest-remaining',
    sentence:
      'M/G/1 shortest remaining processing time (the oracle of ALPS on one core): mean latency, and that of sizes up to ' +
      'the mean and above it, by Schrage and Miller',
    scheduler: () => createSrpt(),
    expected: (setting) => rowsBySize(setting, shortestRemaining),
  },

  'power-of-choices': {
    id: 'power-of-choices',
    sentence:
      'The least loaded of d of many single cores under processor sharing (Hermod): mean latency, by the fixed point of ' +
      'the mean field, whatever the distribution of sizes',
    isOfShard: false,
    scheduler: () => createHermod(),
    measure: ({ submittedAtMs, endedAtMs }) => [[LATENCY, endedAtMs - submittedAtMs]],
    expected: ({ load, service, choices = 1 }) =>
      new Map([[LATENCY, momentsOf(service).mean * powerOfChoices(choices, load)]]),
  },

  'join-idle-queue': {
    ...NOBODY_WAITS,
    id: 'join-idle-queue',
    sentence:
      'Join-Idle-Queue with one dispatcher and many single cores at a load below 1: nobody waits, so that the ' +
      'latency of each is its size',
    scheduler: () => createJiq(),
  },

  'join-the-shortest-queue': {
    ...NOBODY_WAITS,
    id: 'join-the-shortest-queue',
    sentence:
      'Join the shortest queue of many single cores (XX without idle lists, which polls every machine) at a load below ' +
      '1: nobody waits, so that the latency of each is its size',
    scheduler: () => createAblation(ABLATIONS.find(({ name }) => name === 'xx-no-idle-list')!),
  },

  'disk-queue': {
    id: 'disk-queue',
    sentence:
      'M/D/1, first come first served (XX on a machine whose RAM is full, where each arrival needs one transfer): mean ' +
      'wait for the disk, by Pollaczek and Khinchine',
    isOfShard: false,
    isOfDisk: true,
    scheduler: () => createXX(),
    measure: () => [],
    expected: ({ load, service }) =>
      new Map([[WAIT_FOR_DISK, deterministicWait(momentsOf(service).mean, load)]]),
  },
};

/** The classes as independent streams, cheapest first. */
function streamsOf({ load, service, prices, weights = prices.map(() => 1), cores }: Setting) {
  const moments = momentsOf(service);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => ({ ...moments, perMs: ((load * cores) / moments.mean) * (weight / total) }));
}
