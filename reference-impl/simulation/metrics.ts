import type { PriceClass } from '../../model/configuration.ts';
import { Distribution, type Summary } from './distribution.ts';
import type { EndedInvocation } from './life.ts';
import { idealMs } from './workload.ts';

/** Quantiles over all that were submitted: who never completed has waited longest, and `null` stands for that. */
export interface OfAll {
  p50: number | null;
  p99: number | null;
}

/**
 * What became of the functions that asked for one class. Latency and slowdown are of those that completed, unless their
 * names say of all.
 */
export interface ClassMetrics {
  name: string;
  /** Pico-cents per cpu-ms. */
  price: number;
  /** How many were submitted: the sum of the next four. */
  count: number;
  completed: number;
  killed: number;
  throttled: number;
  unfinished: number;
  /** From submission to completion. */
  latencyMs: Summary;
  /** Latency over run time, callees' included: 1 for a function that had a core from start to end. */
  slowdown: Summary;
  latencyOfAllMs: OfAll;
  slowdownOfAll: OfAll;
}

export type Tally = Pick<ClassMetrics, 'count' | 'completed' | 'killed' | 'throttled' | 'unfinished'>;

/** Counts what became of every invocation, class by class. */
export class Metrics {
  readonly #classes: { price: PriceClass; tally: Tally; latencyMs: Distribution; slowdown: Distribution }[];

  constructor(classes: readonly PriceClass[]) {
    this.#classes = classes.map((price) => ({
      price,
      tally: noneYet(),
      latencyMs: new Distribution(),
      slowdown: new Distribution(),
    }));
  }

  add({ item, ending, submittedAtMs, endedAtMs }: EndedInvocation): void {
    const { tally, latencyMs, slowdown } = this.#classes[item.class]!;
    tally.count++;
    tally[ending]++;
    if (ending !== 'completed') return;
    latencyMs.add(endedAtMs - submittedAtMs);
    slowdown.add((endedAtMs - submittedAtMs) / idealMs(item));
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
    return this.#classes.map(({ price, tally, latencyMs, slowdown }) => ({
      name: price.name,
      price: price.price,
      ...tally,
      latencyMs: latencyMs.summary,
      slowdown: slowdown.summary,
      latencyOfAllMs: ofAll(latencyMs, tally.count),
      slowdownOfAll: ofAll(slowdown, tally.count),
    }));
  }
}

/** As if those that never completed were there with an infinite value. */
function ofAll(completed: Distribution, count: number): OfAll {
  const quantile = (part: number): number | null => {
    const rank = part * (count - 1);
    const last = completed.count - 1;
    if (last < 0 || rank > last) return null;
    return completed.quantile(last === 0 ? 0 : rank / last);
  };
  return { p50: quantile(0.5), p99: quantile(0.99) };
}

function noneYet(): Tally {
  return { count: 0, completed: 0, killed: 0, throttled: 0, unfinished: 0 };
}
