import { mean, quantileSorted } from 'simple-statistics';

/** A distribution in five figures; `null` where nothing was measured. Quantiles are interpolated (type 7, as
 * R and numpy have them). */
export interface Summary {
  mean: number | null;
  p50: number | null;
  p90: number | null;
  p99: number | null;
  max: number | null;
}

/** Up to this many, every value is kept and quantiles are exact. */
const KEPT = 16_384;

/** Of the 52 bits of a mantissa, those that tell buckets apart: values in one differ by less than one in 1,024. */
const MANTISSA_BITS = 10;
const BUCKETS_PER_POWER = 2 ** MANTISSA_BITS;

const scratch = new Float64Array(1);
const scratchBits = new Uint32Array(scratch.buffer);
/** Where the sign, the exponent and the first bits of the mantissa are: at the end, on a little-endian machine. */
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * Values of at least 0, counted. The first few thousand are kept, so quantiles of small samples are exact; beyond that
 * only buckets are counted, a thousand for each power of two, so that memory is bounded however many values there are
 * and a quantile is right to 0.1 %. Mean and maximum are always exact.
 */
export class Distribution {
  count = 0;
  #sum = 0;
  #max = 0;
  #kept: number[] | undefined = [];
  /** By the exponent of the value, made when the first value of it comes. */
  readonly #powers: (Uint32Array | undefined)[] = [];

  add(value: number): void {
    this.count++;
    this.#sum += value;
    if (value > this.#max) this.#max = value;
    if (this.#kept === undefined) {
      this.#bucket(value);
      return;
    }
    this.#kept.push(value);
    if (this.#kept.length <= KEPT) return;
    for (const one of this.#kept) this.#bucket(one);
    this.#kept = undefined;
  }

  get mean(): number | null {
    if (this.count === 0) return null;
    return this.#kept === undefined ? this.#sum / this.count : mean(this.#kept);
  }

  /** The value that this part of all values does not exceed; `null` when there are none. */
  quantile(part: number): number | null {
    if (this.count === 0) return null;
    if (this.#kept !== undefined) {
      return quantileSorted(Array.from(Float64Array.from(this.#kept).sort()), part);
    }
    const rank = part * (this.count - 1);
    let below = 0;
    for (const [exponent, buckets] of this.#powers.entries()) {
      if (buckets === undefined) continue;
      for (let bucket = 0; bucket < BUCKETS_PER_POWER; bucket++) {
        below += buckets[bucket]!;
        if (below > rank) return Math.min(this.#max, middleOf(exponent, bucket));
      }
    }
    return this.#max;
  }

  get summary(): Summary {
    return {
      mean: this.mean,
      p50: this.quantile(0.5),
      p90: this.quantile(0.9),
      p99: this.quantile(0.99),
      max: this.count === 0 ? null : this.#max,
    };
  }

  #bucket(value: number): void {
    scratch[0] = value;
    const high = scratchBits[HIGH_WORD]!;
    const exponent = high >>> 20;
    this.#powers[exponent] ??= new Uint32Array(BUCKETS_PER_POWER);
    this.#powers[exponent]![(high >>> (20 - MANTISSA_BITS)) & (BUCKETS_PER_POWER - 1)]!++;
  }
}

function middleOf(exponent: number, bucket: number): number {
  scratch[0] = 0;
  scratchBits[HIGH_WORD] = (exponent << 20) | (bucket << (20 - MANTISSA_BITS));
  const least = scratch[0]!;
  return exponent === 0 ? least : least * (1 + 1 / (2 * (BUCKETS_PER_POWER + bucket)));
}
