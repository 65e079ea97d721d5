import ms, { type StringValue } from 'ms';
import { InputError } from '../../model/input-error.ts';
import { show } from '../io/show.ts';
import type { ClippedNormal, RuntimeDistribution } from './distributions.ts';
import type { WeightedClass } from './workload.ts';

/** Reads the values of options. Each throws an InputError of one line that begins with the option. */

const MOST_MB = 1_000_000_000;
const MOST_RUN_MS = 1_000_000_000;
const DEEPEST_CHAIN = 20;
/** Of virtual time, a hundred years. */
const MOST_MS = ms('36500d');

/** A decimal from `least` to `most`. */
export function readNumber(place: string, text: string, least: number, most: number): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InputError(`${place}: expected a number from ${least} to ${most}, got ${show(text)}`);
}

export function readOneOf<Name extends string>(text: string, names: readonly Name[], place: string): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InputError(`${place}: expected ${names.join(' or ')}, got ${show(text)}`);
}

/** A time with its unit, in whole ms. */
export function readDuration(text: string, place: string): number {
  const value = /^[\d.]+ ?[a-z]+$/i.test(text) ? ms(text as StringValue) : undefined;
  if (value !== undefined && value >= 1 && value <= MOST_MS) return Math.round(value);
  const least =
    value !== undefined && value < 1 ? 'at least 1 ms' : 'a time with its unit, such as 90s or 10m';
  const expected = value !== undefined && value > MOST_MS ? `at most ${ms(MOST_MS)}` : least;
  throw new InputError(`${place}: expected ${expected}, got ${show(text)}`);
}

/** `pareto` with this α and x_m, or a distribution with its figures. */
export function readRuntime(text: string, alpha: number, xmMs: ClippedNormal): RuntimeDistribution {
  const place = '--runtime';
  const [kind, first, second, ...rest] = text.split(':');
  const meanMs = (): number => readNumber(place, first ?? '', 1, MOST_RUN_MS);
  if (rest.length === 0) {
    if (kind === 'pareto' && first === undefined) return { kind, alpha, xmMs };
    if ((kind === 'exponential' || kind === 'deterministic') && second === undefined)
      return { kind, meanMs: meanMs() };
    if (kind === 'uniform' && second === undefined) {
      const { least, most } = readRange(first ?? '', place, 'MS');
      return { kind, leastMs: least, mostMs: most };
    }
    if (kind === 'hyperexponential')
      return { kind, meanMs: meanMs(), scv: readNumber(place, second ?? '', 1.001, 1000) };
  }
  throw new InputError(
    `${place}: expected pareto, exponential:MS, deterministic:MS, uniform:MS-MS or hyperexponential:MS:SCV, got ${show(text)}`,
  );
}

/** `0` for no calls, or `PROBABILITY:DEPTH`. */
export function readCalls(text: string): { probability: number; depth: number } {
  if (text === '0') return { probability: 0, depth: 0 };
  const [probability, depth, ...rest] = text.split(':');
  if (probability === undefined || depth === undefined || rest.length > 0) {
    throw new InputError(`--calls: expected PROBABILITY:DEPTH, such as 0.3:2, or 0, got ${show(text)}`);
  }
  return {
    probability: readNumber('--calls: probability', probability, 0, 1),
    depth: readInteger(depth, 1, DEEPEST_CHAIN, '--calls: depth'),
  };
}

export function readInteger(text: string, least: number, most: number, place: string): number {
  const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InputError(`${place}: expected an integer from ${least} to ${most}, got ${show(text)}`);
}

export function readClasses(text: string): WeightedClass[] {
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

export function readRange(text: string, place = '--memory', unit = 'MB'): { least: number; most: number } {
  const [least, most, ...rest] = text.split('-');
  if (least === undefined || most === undefined || rest.length > 0) {
    throw new InputError(`${place}: expected LEAST-MOST in ${unit}, such as 100-1000, got ${show(text)}`);
  }
  const range = { least: readInteger(least, 1, MOST_MB, place), most: readInteger(most, 1, MOST_MB, place) };
  if (range.least <= range.most) return range;
  throw new InputError(`${place}: expected LEAST-MOST with the lower figure first, got ${show(text)}`);
}
