import type { Configuration } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { show } from './show.ts';
import type { Assumptions, MemoryDistribution, WeightedClass } from './workload.ts';

/** A simulation's cluster, and what it assumes about a trace. */
export interface SimulationOptions extends Assumptions {
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
    help: 'price classes, cheapest first: NAME:PRICE:WEIGHT, the weight saying how many functions are of it',
  },
  memory: { default: '100-1000', help: 'range from which the final memory of an invocation is drawn, MB' },
  memoryDistribution: { default: 'uniform', help: 'how it is drawn: uniform or log-uniform' },
  growthSteps: { default: '4', help: 'steps in which an invocation grows to its final memory' },
  turn: { default: '0', help: 'time that a shard takes to place one function, ms' },
  seed: { default: '1', help: 'seed of everything that is drawn' },
} as const;

const MOST_MACHINES = 100_000;
const MOST_MB = 1_000_000_000;
const MOST_MS = 1_000_000_000;

/**
 * The options of a simulation; what is not given has its default.
 *
 * @throws InputError with one line that begins with the option: `--machines: expected an integer from 1 to 100000, got "0"`.
 */
export function readOptions(raw: RawOptions): SimulationOptions {
  const textOf = (name: keyof typeof OPTIONS): string => String(raw[name] ?? OPTIONS[name].default);
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
      distribution: readDistribution(textOf('memoryDistribution')),
    },
    growthSteps: integer('growthSteps', 0, 1000),
    turnMs: integer('turn', 0, MOST_MS),
    seed: integer('seed', 0, Number.MAX_SAFE_INTEGER),
  };
  if (options.initialMemoryMb > options.ramMb) {
    throw new InputError(
      `--initial-memory: expected at most --ram (${options.ramMb}), got ${options.initialMemoryMb}`,
    );
  }
  return options;
}

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
  };
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function readInteger(text: string, least: number, most: number, place: string): number {
  const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InputError(`${place}: expected an integer from ${least} to ${most}, got ${show(text)}`);
}

function readClasses(text: string): WeightedClass[] {
  const place = '--classes';
  const classes = text.split(',').map((part) => {
    const [name, price, weight, ...rest] = part.split(':');
    if (name === undefined || name === '' || price === undefined || weight === undefined || rest.length > 0) {
      throw new InputError(`${place}: expected NAME:PRICE:WEIGHT, separated by commas, got ${show(part)}`);
    }
    return {
      name,
      price: readInteger(price, 1, MOST_MB, `${place}: price of ${show(name)}`),
      weight: readInteger(weight, 0, MOST_MB, `${place}: weight of ${show(name)}`),
    };
  });
  for (const [i, { name, price }] of classes.entries()) {
    const before = classes.slice(0, i);
    if (name.length > 256)
      throw new InputError(`${place}: expected names of at most 256 characters, got ${show(name)}`);
    if (before.some((other) => other.name === name)) {
      throw new InputError(`${place}: expected a name of its own for each class, got ${show(name)} twice`);
    }
    const previous = before.at(-1)?.price ?? 0;
    if (price <= previous) {
      const expected = `expected the price of ${show(name)} above ${previous}, cheapest first`;
      throw new InputError(`${place}: ${expected}, got ${price}`);
    }
  }
  if (classes.every(({ weight }) => weight === 0)) {
    throw new InputError(`${place}: expected a weight above 0 in at least one class, got ${show(text)}`);
  }
  return classes;
}

function readRange(text: string): { least: number; most: number } {
  const place = '--memory';
  const [least, most, ...rest] = text.split('-');
  if (least === undefined || most === undefined || rest.length > 0) {
    throw new InputError(`${place}: expected LEAST-MOST in MB, such as 100-1000, got ${show(text)}`);
  }
  const range = { least: readInteger(least, 1, MOST_MB, place), most: readInteger(most, 1, MOST_MB, place) };
  if (range.least <= range.most) return range;
  throw new InputError(`${place}: expected LEAST-MOST with the lower figure first, got ${show(text)}`);
}

function readDistribution(text: string): MemoryDistribution {
  if (text === 'uniform' || text === 'log-uniform') return text;
  throw new InputError(`--memory-distribution: expected uniform or log-uniform, got ${show(text)}`);
}
