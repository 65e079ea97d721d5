import { type Command, InvalidArgumentError } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
import { type BoundedInstance, type Budget, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { InputError } from '../../model/input-error.ts';
import { flagOf } from '../../reference-impl/text.ts';
import { wholeNumber } from './command.ts';

/** The options of `xx check` that say what instance is explored. */

/** The numbers of an instance, each with its least value and what it means. */
const NUMBERS = {
  invocations: [1, 'invocations in all'],
  machines: [1, 'machines'],
  cores: [1, 'cores of each machine'],
  ram: [1, 'RAM of each machine, MB'],
  swap: [0, 'swap of each machine, MB'],
  maxDemand: [1, 'growth stops at this many MB'],
  maxAge: [0, 'time stops when a queued invocation is this old, ms'],
  enter: [0, 'MB available at which a machine joins an idle list'],
  leave: [0, 'MB available below which it leaves'],
  memoryDrift: [1, 'MB by which an entry may not be off'],
  functionsDrift: [1, 'functions by which an entry may not be off'],
  initialMemory: [1, 'MB of an invocation when it is placed'],
  shards: [1, 'shards'],
} as const satisfies Partial<Record<keyof BoundedInstance, readonly [number, string]>>;

/** What may happen beside, up to so often or so much; nothing of it unless asked. */
const BESIDE = {
  crashes: [0, 'so many machines may crash'],
  drains: [0, 'so many may be drained'],
  joins: [0, 'so many may join, again or as new ones'],
  restarts: [0, 'so many shards may restart'],
  maxAttempts: [1, 'attempts that crashes leave an invocation (default: 2)'],
  budget: [0, 'what the tenant may spend in a period'],
  period: [1, 'how long that is, ms (default: 4)'],
  burst: [0, 'percent of it that may be spent ahead of time (default: 50)'],
  memoryPrice: [0, 'price of a MB for a ms'],
  maxMetered: [1, 'bills count; time stops at so many cpu-ms, or MB·ms'],
  chunk: [1, 'paging takes time, so many MB at once'],
  reserve: [1, 'swap that is kept free for it, MB (default: 1)'],
} as const;

type Numbers = Record<keyof typeof NUMBERS, number>;
type Beside = { [Name in keyof typeof BESIDE]?: number };

/** What commander makes of these options. */
export type InstanceOptions = Numbers &
  Beside & {
    prices: readonly number[];
    calls: boolean;
    kMachines?: number;
    kShards?: number;
    antagonist?: readonly number[];
    shrink?: boolean;
    everything?: boolean;
  };

/** What `--everything` stands for, where an option does not say otherwise. */
export const EVERYTHING = {
  invocations: 2,
  machines: 1,
  maxDemand: 4,
  crashes: 1,
  drains: 1,
  joins: 1,
  restarts: 1,
  antagonist: [0, 1, 2],
  shrink: true,
  budget: 6,
} as const satisfies Partial<InstanceOptions>;

export function declareInstance(command: Command): void {
  for (const [name, [least, help]] of Object.entries(NUMBERS)) {
    const value = QUOTED_INSTANCE[name as keyof typeof NUMBERS];
    command.option(`${flagOf(name)} <n>`, help, wholeNumber(least), value);
  }
  command
    .option('--k-machines <n>', 'machines that a shard polls (default: all)', wholeNumber(1))
    .option('--k-shards <n>', 'idle lists that a dispatcher polls (default: all)', wholeNumber(1))
    .option(
      '--prices <list>',
      'prices of the classes, cheapest first',
      numbers('1,4'),
      QUOTED_INSTANCE.prices,
    )
    .option('--no-calls', 'no function calls another');
  for (const [name, [least, help]] of Object.entries(BESIDE)) {
    command.option(`${flagOf(name)} <n>`, help, wholeNumber(least));
  }
  command
    .option('--antagonist <list>', 'MB of RAM that others may take of a machine', numbers('0,2'))
    .option('--shrink', 'invocations shrink as well as grow')
    .option('--everything', EVERYTHING_TEXT);
}

const EVERYTHING_TEXT =
  'all of this: --invocations 2 --machines 1 --max-demand 4 --crashes 1 --drains 1 --joins 1 --restarts 1 --antagonist 0,1,2 --shrink --budget 6, each unless given';

/**
 * The instance that options ask for.
 *
 * @param isGiven whether an option was given, and is not as by default.
 * @throws InputError when some make no sense together.
 */
export function instanceOf(
  options: InstanceOptions,
  without: readonly PartId[],
  isGiven: (name: keyof InstanceOptions) => boolean,
): BoundedInstance {
  const asked = options.everything ? withEverything(options, without, isGiven) : options;
  refuseIdle(asked);
  refuseLeftOut(asked, without, isGiven);
  const { machines, shards, joins = 0, crashes = 0, antagonist, chunk } = asked;
  const numbersOf = Object.fromEntries(
    Object.keys(NUMBERS).map((name) => [name, asked[name as keyof Numbers]]),
  ) as Numbers;
  return {
    ...numbersOf,
    prices: asked.prices,
    swap: without.includes('swap') ? 0 : asked.swap,
    calls: asked.calls && !without.includes('calls'),
    kMachines: asked.kMachines ?? machines + joins,
    kShards: asked.kShards ?? shards,
    ...given({
      shrink: asked.shrink,
      antagonists: antagonist,
      paging: chunk === undefined ? undefined : { chunk, reserve: asked.reserve ?? 1 },
      crashes: asked.crashes,
      drains: asked.drains,
      joins: asked.joins,
      restarts: asked.restarts,
      maxAttempts: asked.maxAttempts ?? (crashes > 0 ? 2 : undefined),
      budget: budgetOf(asked),
      memoryPrice: asked.memoryPrice,
      maxMetered: asked.maxMetered,
    }),
    ...(without.length === 0 ? {} : { without }),
  };
}

function budgetOf({ budget, period = 4, burst = 50 }: InstanceOptions): Budget | undefined {
  return budget === undefined ? undefined : { amount: budget, period, burstPercent: burst };
}

/** Only what there is: nothing changes of an instance that needs no more than it did. */
function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== 0),
  ) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
}

/** What a part is about, so that it is not explored without the part. */
const PART_OF: Partial<Record<keyof InstanceOptions, PartId>> = {
  crashes: 'faults',
  drains: 'faults',
  joins: 'faults',
  restarts: 'faults',
  antagonist: 'antagonists',
  shrink: 'shrink',
  budget: 'budgets',
  chunk: 'paging',
};

function withEverything(
  options: InstanceOptions,
  without: readonly PartId[],
  isGiven: (name: keyof InstanceOptions) => boolean,
): InstanceOptions {
  const preset = Object.entries(EVERYTHING).filter(([name]) => {
    const part = PART_OF[name as keyof InstanceOptions];
    return !isGiven(name as keyof InstanceOptions) && !(part !== undefined && without.includes(part));
  });
  return { ...options, ...Object.fromEntries(preset) };
}

/** Which options mean nothing unless one of the others is given, and an example of that. */
const NEEDS: readonly (readonly [keyof InstanceOptions, readonly (keyof InstanceOptions)[], string])[] = [
  ['maxAttempts', ['crashes'], '--crashes 1'],
  ['period', ['budget'], '--budget 6'],
  ['burst', ['budget'], '--budget 6'],
  ['memoryPrice', ['budget', 'maxMetered'], '--max-metered 4'],
  ['reserve', ['chunk'], '--chunk 1'],
];

/** A budget may be 0; the others are then as if they were not given. */
function isOn(options: InstanceOptions, name: keyof InstanceOptions): boolean {
  const value = options[name];
  return value !== undefined && value !== false && (value !== 0 || name === 'budget');
}

/** @throws InputError when an option means nothing beside the others. */
function refuseIdle(options: InstanceOptions): void {
  for (const [name, others, example] of NEEDS) {
    if (!isOn(options, name) || others.some((other) => isOn(options, other))) continue;
    const flags = others.map(flagOf).join(' or ');
    throw new InputError(`${flagOf(name)}: means nothing without ${flags}; add ${example}, or leave it out`);
  }
  const { antagonist, ram } = options;
  if (antagonist === undefined) return;
  const wrong = antagonist.find((memory, index) => memory > ram || antagonist.indexOf(memory) < index);
  if (wrong === undefined && antagonist.some((memory) => memory > 0)) return;
  throw new InputError(
    `--antagonist: expected different MB up to --ram (${ram}), one above 0, such as 0,${Math.min(2, ram)}, got ${antagonist.join(',')}`,
  );
}

/** @throws InputError when an option is about a part that is left out. */
function refuseLeftOut(
  options: InstanceOptions,
  without: readonly PartId[],
  isGiven: (name: keyof InstanceOptions) => boolean,
): void {
  if (without.includes('swap') && isGiven('swap') && options.swap > 0) {
    throw new InputError(
      `--swap: expected 0, since --without leaves out swap, got ${options.swap}; leave out one of the two`,
    );
  }
  for (const [name, part] of Object.entries(PART_OF) as [keyof InstanceOptions, PartId][]) {
    if (!isOn(options, name) || !without.includes(part)) continue;
    throw new InputError(`${flagOf(name)}: --without leaves out ${part}; leave out one of the two`);
  }
}

/** Whole numbers with commas between them. */
function numbers(example: string): (text: string) => number[] {
  return (text) => {
    const list = /^\d+(,\d+)*$/.test(text) ? text.split(',').map(Number) : [];
    if (list.length > 0 && list.every((number) => Number.isSafeInteger(number))) return list;
    throw new InvalidArgumentError(
      `Expected whole numbers up to ${Number.MAX_SAFE_INTEGER} with commas between them, such as ${example}.`,
    );
  };
}
