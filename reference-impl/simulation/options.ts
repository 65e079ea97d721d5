import type { PartId } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { flagOf } from '../text.ts';
import { type Disk, pagingOf, readDisk } from './disk.ts';
import type { RuntimeDistribution } from './distributions.ts';
import { PRESETS, XM_MS } from './presets.ts';
import {
  readCalls,
  readClasses,
  readDuration,
  readInteger,
  readNumber,
  readOneOf,
  readRange,
  readRuntime,
} from './reading.ts';
import type { Assumptions } from './workload.ts';

/** A simulation's cluster, its workload, and what it assumes about a trace. */
export interface SimulationOptions extends Assumptions {
  /** Of all cores; `null` for what a trace brings, or for the default of a drawn workload. */
  load: number | null;
  /** Nobody arrives after this, in ms; `null` for no such end. */
  durationMs: number | null;
  /** Nobody arrives after so many; `null` for no such end. */
  functions: number | null;
  runtime: RuntimeDistribution;
  arrivals: 'poisson' | 'per-tick';
  calls: { probability: number; depth: number };
  machines: number;
  /** Of each machine. */
  cores: number;
  ramMb: number;
  swapMb: number;
  shards: number;
  kMachines: number;
  kShards: number;
  /** MB of an invocation when it is placed. */
  initialMemoryMb: number;
  /** How long a shard takes to place one function. */
  turnMs: number;
  /** The parts of XX that are left out; absent when there are none. Without `swap` there is none of it. */
  without?: readonly PartId[];
  /** The disk that each machine pages with; absent where a page moves at once. */
  disk?: Disk;
}

/**
 * What the command line says, each value as text or as a number, by the name of its option in camel case:
 * `--k-machines` is `kMachines`.
 */
export type RawOptions = Partial<Record<keyof typeof OPTIONS, string | number | undefined>>;

/**
 * Every option of a simulation: its default and what it means. The defaults make a cluster so small that a few dozen
 * functions must preempt and swap one another, with swap enough that nobody is killed.
 */
export const OPTIONS = {
  machines: { default: '4', help: 'machines in the cluster' },
  cores: { default: '3', help: 'cores of each machine' },
  ram: { default: '2048', help: 'RAM of each machine, MB' },
  swap: { default: '8192', help: 'swap of each machine, MB' },
  shards: { default: '2', help: 'shards of the global scheduler' },
  kMachines: { default: '2', help: 'machines that a shard polls when its idle list is empty' },
  kShards: { default: '2', help: 'idle lists that a dispatcher polls before it joins one' },
  initialMemory: { default: '100', help: 'MB of a function when it is placed' },
  classes: {
    default: 'background:1:50,standard:2:30,interactive:4:20',
    help: 'price classes, cheapest first: NAME:PRICE:WEIGHT; WEIGHT says how many functions belong to it',
  },
  memory: { default: '100-1000', help: 'range from which the final memory of an invocation is drawn, MB' },
  memoryDistribution: { default: 'uniform', help: 'how it is drawn: uniform or log-uniform' },
  growthSteps: { default: '4', help: 'steps in which an invocation grows to its final memory' },
  turn: { default: '0', help: 'time that a shard takes to place one function, ms' },
  load: {
    default: '',
    help: 'work that arrives, as a fraction of what all cores can do (default: 0.8; for a trace, as it is)',
  },
  duration: {
    default: '',
    help: 'how long functions arrive, such as 90s (default: 10m unless --functions is given; a trace: all of it)',
  },
  functions: {
    default: '',
    help: 'how many functions arrive at most; with --duration, whichever is reached first',
  },
  runtime: {
    default: 'pareto',
    help: 'run times: pareto, exponential:MS, deterministic:MS, uniform:MS-MS or hyperexponential:MS:SCV',
  },
  alpha: {
    default: '3',
    help: 'α of Pareto run times, above 1; their x_m is normal (2 s, 5 s) in 0.2 to 100 s',
  },
  arrivals: { default: 'poisson', help: 'poisson, or per-tick: as many at the start of every second' },
  calls: { default: '0', help: 'PROBABILITY:DEPTH that a function calls another and waits, and so on' },
  disk: {
    default: '',
    help: 'paging takes time, and each machine has a disk: ssd, nvme, or BANDWIDTH:LATENCY, such as 500MB/s:100us',
  },
  chunk: {
    default: '',
    help: 'with --disk: the most that a transfer moves, MB (default: what goes in 1 ms or in the latency)',
  },
  reserve: {
    default: '',
    help: 'with --disk: swap of each machine that is kept free for exchanges, MB (default: a chunk)',
  },
  seed: { default: '1', help: 'seed of everything random' },
} as const;

const MOST_MACHINES = 100_000;
const MOST_MB = 1_000_000_000;
const MOST_MS = 1_000_000_000;
const MOST_FUNCTIONS = 1_000_000_000;
export const LOAD_RANGE = [0.001, 10] as const;
/** Without a mean there is no load: α is above 1. */
export const ALPHA_RANGE = [1.01, 1000] as const;

/**
 * The options of a simulation; what is not given has its default, or what the preset says.
 *
 * @throws InputError with one line that begins with the option: `--machines: expected an integer from 1 to 100000, got "0"`.
 */
export function readOptions(raw: RawOptions, preset?: string): SimulationOptions {
  const given: RawOptions =
    preset === undefined ? {} : OPTIONS_OF_PRESET[readOneOf(preset, PRESET_NAMES, '--preset')];
  const textOf = (name: keyof typeof OPTIONS): string =>
    String(raw[name] ?? given[name] ?? OPTIONS[name].default);
  const unless = <Value>(name: keyof typeof OPTIONS, read: (text: string) => Value): Value | null =>
    (raw[name] ?? given[name]) === undefined ? null : read(textOf(name));
  const integer = (name: keyof typeof OPTIONS, least: number, most: number): number =>
    readInteger(textOf(name), least, most, flagOf(name));
  const options = {
    machines: integer('machines', 1, MOST_MACHINES),
    cores: integer('cores', 1, MOST_MACHINES),
    ramMb: integer('ram', 1, MOST_MB),
    swapMb: integer('swap', 0, MOST_MB),
    shards: integer('shards', 1, MOST_MACHINES),
    kMachines: integer('kMachines', 1, MOST_MACHINES),
    kShards: integer('kShards', 1, MOST_MACHINES),
    initialMemoryMb: integer('initialMemory', 1, MOST_MB),
    classes: readClasses(textOf('classes')),
    memoryMb: {
      ...readRange(textOf('memory')),
      distribution: readOneOf(
        textOf('memoryDistribution'),
        ['uniform', 'log-uniform'] as const,
        '--memory-distribution',
      ),
    },
    growthSteps: integer('growthSteps', 0, 1000),
    turnMs: integer('turn', 0, MOST_MS),
    load: unless('load', (text) => readNumber('--load', text, ...LOAD_RANGE)),
    durationMs: unless('duration', (text) => readDuration(text, '--duration')),
    functions: unless('functions', (text) => readInteger(text, 1, MOST_FUNCTIONS, '--functions')),
    runtime: readRuntime(textOf('runtime'), readNumber('--alpha', textOf('alpha'), ...ALPHA_RANGE), XM_MS),
    arrivals: readOneOf(textOf('arrivals'), ['poisson', 'per-tick'] as const, '--arrivals'),
    calls: readCalls(textOf('calls')),
    seed: integer('seed', 0, Number.MAX_SAFE_INTEGER),
    ...diskOf(raw),
  };
  if (options.initialMemoryMb > options.ramMb) {
    throw new InputError(
      `--initial-memory: expected at most --ram (${options.ramMb}), got ${options.initialMemoryMb}`,
    );
  }
  refuseManyPolls(options.machines, Math.min(options.kShards, options.shards), '--k-shards');
  return options;
}

/** @throws InputError with one line that begins with the option. */
export function diskOf({ disk, chunk, reserve }: RawOptions): { disk?: Disk } {
  if (disk !== undefined) return { disk: readDisk(String(disk), textOf(chunk), textOf(reserve)) };
  for (const [name, value] of Object.entries({ chunk, reserve })) {
    if (value !== undefined) throw new InputError(`--${name}: only with --disk; add it, such as --disk ssd`);
  }
  return {};
}

function textOf(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Idle lists that all machines together may poll at the start, which is one step and held in memory as a whole. */
const MOST_POLLS = 10_000_000;

/**
 * @param polled how many idle lists a machine polls.
 * @throws InputError with one line that begins with the place.
 */
export function refuseManyPolls(machines: number, polled: number, place: string): void {
  const most = Math.floor(MOST_POLLS / machines);
  if (polled <= most) return;
  throw new InputError(
    `${place}: expected at most ${most} idle lists that each of ${machines} machines polls, got ${polled}`,
  );
}

const PRESET_NAMES = Object.keys(PRESETS) as (keyof typeof PRESETS)[];

const OPTIONS_OF_PRESET: Readonly<Record<keyof typeof PRESETS, RawOptions>> = PRESETS;

/** The cluster that the options describe: equal machines, and one tenant without a budget. */
export function configurationOf(options: SimulationOptions): Configuration {
  const { machines, cores, ramMb: ram, swapMb: swap, initialMemoryMb: initialMemory } = options;
  return {
    classes: options.classes.map(({ name, price }) => ({ name, price })),
    memoryPrice: 0,
    machines: Array.from({ length: machines }, () => ({ cores, ram, swap })),
    shards: options.shards,
    kMachines: options.kMachines,
    kShards: options.kShards,
    initialMemory,
    // A machine is idle while there is room in it for two more functions, until there is none for another.
    idle: { enter: 2 * initialMemory, leave: initialMemory, memoryDrift: initialMemory, functionsDrift: 2 },
    maxAttempts: 3,
    seed: options.seed,
    tenants: [{ budget: null }],
    ...pagingOf(options.disk),
    ...(options.without === undefined ? {} : { without: [...options.without] }),
  };
}
