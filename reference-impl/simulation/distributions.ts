import { type Generator, nextUnit } from '../random.ts';

/**
 * How long functions run, in ms on a core. A Pareto's least value x_m is itself drawn for each invocation, from a
 * normal distribution clipped to a range (paper section 4.1). Of a hyperexponential one half of the load is of the
 * short kind, and `scv` is its variance over its squared mean, above 1.
 */
export type RuntimeDistribution =
  | { kind: 'pareto'; alpha: number; xmMs: ClippedNormal }
  | { kind: 'exponential'; meanMs: number }
  | { kind: 'deterministic'; meanMs: number }
  | { kind: 'uniform'; leastMs: number; mostMs: number }
  | { kind: 'hyperexponential'; meanMs: number; scv: number };

export interface ClippedNormal {
  mean: number;
  sd: number;
  least: number;
  most: number;
}

/** Mean and second moment, in ms and ms²; the second is infinite for a Pareto with α ≤ 2. */
export interface Moments {
  mean: number;
  second: number;
}

/** A sampler: draws run times in ms, not rounded, at least 0. */
export function samplerOf(distribution: RuntimeDistribution): (generator: Generator) => number {
  switch (distribution.kind) {
    case 'pareto': {
      const { alpha, xmMs } = distribution;
      return (generator) => clippedNormal(generator, xmMs) * (1 - nextUnit(generator)) ** (-1 / alpha);
    }
    case 'exponential': {
      const { meanMs } = distribution;
      return (generator) => exponential(generator, meanMs);
    }
    case 'deterministic': {
      const { meanMs } = distribution;
      return () => meanMs;
    }
    case 'uniform': {
      const { leastMs, mostMs } = distribution;
      return (generator) => leastMs + nextUnit(generator) * (mostMs - leastMs);
    }
    case 'hyperexponential': {
      const { meanMs, scv } = distribution;
      const probability = shortProbability(scv);
      return (generator) => {
        const isShort = nextUnit(generator) < probability;
        return exponential(generator, meanMs / (2 * (isShort ? probability : 1 - probability)));
      };
    }
  }
}

export function momentsOf(distribution: RuntimeDistribution): Moments {
  switch (distribution.kind) {
    case 'pareto': {
      const { alpha, xmMs } = distribution;
      const ofXm = clippedNormalMoments(xmMs);
      return {
        mean: alpha > 1 ? (ofXm.mean * alpha) / (alpha - 1) : Number.POSITIVE_INFINITY,
        second: alpha > 2 ? (ofXm.second * alpha) / (alpha - 2) : Number.POSITIVE_INFINITY,
      };
    }
    case 'exponential':
      return { mean: distribution.meanMs, second: 2 * distribution.meanMs ** 2 };
    case 'deterministic':
      return { mean: distribution.meanMs, second: distribution.meanMs ** 2 };
    case 'uniform': {
      const { leastMs: a, mostMs: b } = distribution;
      return { mean: (a + b) / 2, second: (a * a + a * b + b * b) / 3 };
    }
    case 'hyperexponential':
      return { mean: distribution.meanMs, second: (1 + distribution.scv) * distribution.meanMs ** 2 };
  }
}

/**
 * What part of all run times is longer than so many ms; of a Pareto, whose least value is drawn too, it is not known here.
 *
 * @throws RangeError of a Pareto.
 */
export function survivalOf(distribution: RuntimeDistribution): (ms: number) => number {
  switch (distribution.kind) {
    case 'pareto':
      throw new RangeError('the survival function of a Pareto whose least value is drawn has no closed form');
    case 'exponential':
      return (ms) => Math.exp(-ms / distribution.meanMs);
    case 'deterministic':
      return (ms) => (ms < distribution.meanMs ? 1 : 0);
    case 'uniform': {
      const { leastMs, mostMs } = distribution;
      return (ms) => Math.min(1, Math.max(0, (mostMs - ms) / (mostMs - leastMs)));
    }
    case 'hyperexponential': {
      const { meanMs, scv } = distribution;
      const short = shortProbability(scv);
      const longer = (probability: number, ms: number) =>
        probability * Math.exp((-2 * probability * ms) / meanMs);
      return (ms) => longer(short, ms) + longer(1 - short, ms);
    }
  }
}

export function exponential(generator: Generator, mean: number): number {
  return -Math.log(1 - nextUnit(generator)) * mean;
}

/** Balanced means: with p = (1 + √((scv − 1)/(scv + 1)))/2 both kinds bring the same load. */
function shortProbability(scv: number): number {
  return (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
}

/** By Box and Muller. */
function clippedNormal(generator: Generator, { mean, sd, least, most }: ClippedNormal): number {
  const radius = Math.sqrt(-2 * Math.log(1 - nextUnit(generator)));
  const drawn = mean + sd * radius * Math.cos(2 * Math.PI * nextUnit(generator));
  return Math.min(most, Math.max(least, drawn));
}

/** Numerically, over ten standard deviations either way: good to seven digits, which is more than a run can tell. */
function clippedNormalMoments({ mean, sd, least, most }: ClippedNormal): Moments {
  const STEPS = 20_000;
  const WIDTH = 20 / STEPS;
  const moments = { mean: 0, second: 0 };
  for (let step = 0; step < STEPS; step++) {
    const z = -10 + (step + 0.5) * WIDTH;
    const weight = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * WIDTH;
    const value = Math.min(most, Math.max(least, mean + sd * z));
    moments.mean += weight * value;
    moments.second += weight * value * value;
  }
  return moments;
}
