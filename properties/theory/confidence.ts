import { gammaln, mean, sampleStandardDeviation } from 'simple-statistics';

/** A mean over independent replications, and half the width of its confidence interval. */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
}

/** @param confidence such as 0.95: how often the interval would hold the true mean. */
export function estimate(replications: readonly number[], confidence: number): Estimate {
  const values = [...replications];
  const t = studentQuantile((1 + confidence) / 2, values.length - 1);
  return { mean: mean(values), halfWidth: (t * sampleStandardDeviation(values)) / Math.sqrt(values.length) };
}

/** Student's t distribution: the value below which this part of it lies, for a part above one half. */
export function studentQuantile(part: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (studentBelow(high, freedom) < part) high *= 2;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (studentBelow(middle, freedom) < part) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Its density, integrated by Simpson's rule from 0. */
function studentBelow(t: number, freedom: number): number {
  const INTERVALS = 2000;
  const logScale = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - Math.log(freedom * Math.PI) / 2;
  const density = (x: number): number =>
    Math.exp(logScale - ((freedom + 1) / 2) * Math.log1p((x * x) / freedom));
  let sum = density(0) + density(t);
  for (let i = 1; i < INTERVALS; i++) sum += (i % 2 === 0 ? 2 : 4) * density((i * t) / INTERVALS);
  return 0.5 + (sum * t) / INTERVALS / 3;
}
