import { mean, quantileSorted } from 'simple-statistics';
import type { PriceClass } from '../../model/configuration.ts';
import type { EndedInvocation } from './life.ts';

/** A distribution in five figures; `null` where nobody was measured. Quantiles are interpolated (type 7, as
 * R and numpy have them). */
export interface Summary {
  mean: number | null;
  p50: number | null;
  p90: number | null;
  p99: number | null;
  max: number | null;
}

/** What became of the functions that asked for one class. Latency and slowdown are of those that completed. */
export interface ClassMetrics {
  name: string;
  /** Pico-cents per cpu-ms. */
  price: number;
  /** How many were submitted: the sum of the four that follow. */
  count: number;
  completed: number;
  killed: number;
  throttled: number;
  unfinished: number;
  /** From submission to completion. */
  latencyMs: Summary;
  /** Latency over run time: 1 for a function that had a core from start to end. */
  slowdown: Summary;
}

export type Tally = Pick<ClassMetrics, 'count' | 'completed' | 'killed' | 'throttled' | 'unfinished'>;

/** Counts what became of every invocation, class by class. */
export class Metrics {
  readonly #classes: { price: PriceClass; tally: Tally; latenciesMs: number[]; slowdowns: number[] }[];

  constructor(classes: readonly PriceClass[]) {
    this.#classes = classes.map((price) => ({ price, tally: noneYet(), latenciesMs: [], slowdowns: [] }));
  }

  add({ item, ending, submittedAtMs, endedAtMs }: EndedInvocation): void {
    const { tally, latenciesMs, slowdowns } = this.#classes[item.class]!;
    tally.count++;
    tally[ending]++;
    if (ending !== 'completed') return;
    latenciesMs.push(endedAtMs - submittedAtMs);
    slowdowns.push((endedAtMs - submittedAtMs) / item.runMs);
  }

  /** Of all classes together. */
  get total(): Tally {
    const total = noneYet();
    for (const { tally } of this.#classes) {
      for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key];
    }
    return total;
  }

  /** The cheapest class first. */
  get classes(): ClassMetrics[] {
    return this.#classes.map(({ price, tally, latenciesMs, slowdowns }) => ({
      name: price.name,
      price: price.price,
      ...tally,
      latencyMs: summarize(latenciesMs),
      slowdown: summarize(slowdowns),
    }));
  }
}

function noneYet(): Tally {
  return { count: 0, completed: 0, killed: 0, throttled: 0, unfinished: 0 };
}

function summarize(values: readonly number[]): Summary {
  if (values.length === 0) return { mean: null, p50: null, p90: null, p99: null, max: null };
  const sorted = Array.from(Float64Array.from(values).sort());
  return {
    mean: mean(sorted),
    p50: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    p99: quantileSorted(sorted, 0.99),
    max: sorted.at(-1)!,
  };
}
