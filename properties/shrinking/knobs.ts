import type { Configuration, Scenario } from '../../model/configuration.ts';
import { lacks } from '../../model/parts.ts';

/** A number of a scenario that may be another one, as long as it is `least` or more. */
export interface Knob {
  readonly value: number;
  readonly least: number;
  /** The scenario with another number here. It may make no sense: see {@link makesSense}. */
  turn(scenario: Scenario, value: number): Scenario;
}

/**
 * Every number of a scenario but the ids of invocations, which are names; and those that only make sense if others move
 * along with them: a pause and all that comes after it, a price and all above it, both thresholds of the idle list.
 */
export function knobsOf(scenario: Scenario): Knob[] {
  return [...numbersIn(scenario, []), ...pausesOf(scenario), ...priceStepsOf(scenario), thresholds(scenario)];
}

/**
 * Whether it is a scenario: sizes are safe integers, prices rise, an entry is not left before it is entered, time does not
 * run backwards, and nothing is there of a part that is left out.
 */
export function makesSense({ config, stimuli }: Scenario): boolean {
  const { classes, idle, machines, initialMemory } = config;
  return (
    Number.isSafeInteger(initialMemory) &&
    machines.every(({ ram, swap }) => Number.isSafeInteger(ram) && Number.isSafeInteger(swap)) &&
    !(lacks(config, 'swap') && machines.some(({ swap }) => swap > 0)) &&
    idle.leave <= idle.enter &&
    classes.every(({ price }, index) => price > (classes[index - 1]?.price ?? 0)) &&
    stimuli.every(({ at }, index) => at >= (stimuli[index - 1]?.at ?? 0))
  );
}

/** The sum of all numbers of a scenario, names included: exact, since ids and memory may be as large as a number can be. */
export function sumOf(value: unknown): bigint {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value !== 'object' || value === null) return 0n;
  return Object.values(value).reduce((sum: bigint, part) => sum + sumOf(part), 0n);
}

type Path = readonly (string | number)[];

const NAMES = new Set(['id', 'caller']);
const AT_LEAST_ONE = new Set([
  ...['price', 'cores', 'ram', 'demand', 'shards', 'kMachines', 'kShards', 'initialMemory'],
  ...['memoryDrift', 'functionsDrift', 'maxAttempts', 'period', 'chunk', 'reserve'],
]);

function numbersIn(part: unknown, path: Path): Knob[] {
  const key = path.at(-1);
  if (typeof part === 'number') {
    if (NAMES.has(String(key))) return [];
    const least = AT_LEAST_ONE.has(String(key)) ? 1 : 0;
    return [{ value: part, least, turn: (of, value) => replaced(of, path, value) as Scenario }];
  }
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) =>
    numbersIn(inner, [...path, Array.isArray(part) ? Number(name) : name]),
  );
}

/** A copy of a value with another number at the end of a path. */
function replaced(of: unknown, [key, ...rest]: Path, value: number): unknown {
  if (key === undefined) return value;
  if (Array.isArray(of)) return of.with(key as number, replaced(of[key as number], rest, value));
  const parts = of as Record<string, unknown>;
  return { ...parts, [key]: replaced(parts[key], rest, value) };
}

function pausesOf({ stimuli }: Scenario): Knob[] {
  return stimuli.slice(1).map(({ at }, before) => ({
    value: at - stimuli[before]!.at,
    least: 0,
    turn({ config, stimuli: all }, pause) {
      const shift = all[before]!.at + pause - all[before + 1]!.at;
      return {
        config,
        stimuli: all.map((timed, i) => (i <= before ? timed : { ...timed, at: timed.at + shift })),
      };
    },
  }));
}

/** By how much each class is dearer than the one below it. */
function priceStepsOf({ config }: Scenario): Knob[] {
  const stepOf = ({ classes }: Configuration, index: number): number =>
    classes[index]!.price - (classes[index - 1]?.price ?? 0);
  return config.classes.map((_, index) => ({
    value: stepOf(config, index),
    least: 1,
    turn({ config: of, stimuli }, step) {
      const by = step - stepOf(of, index);
      const classes = of.classes.map((each, i) => (i < index ? each : { ...each, price: each.price + by }));
      return { config: { ...of, classes }, stimuli };
    },
  }));
}

/** `leave`, with `enter` as far above it as before. */
function thresholds({ config }: Scenario): Knob {
  return {
    value: config.idle.leave,
    least: 0,
    turn({ config: of, stimuli }, leave) {
      const enter = of.idle.enter + leave - of.idle.leave;
      return { config: { ...of, idle: { ...of.idle, leave, enter } }, stimuli };
    },
  };
}
