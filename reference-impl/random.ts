/**
 * A small seeded generator: sfc32, Chris Doty-Humphrey's "small fast counting" generator, 128 bits of state. Its
 * state is four plain numbers, so that it can live inside a scheduler's state and be copied, compared and replayed
 * with it. Same seed, same draws.
 */
export interface Generator {
  a: number;
  b: number;
  c: number;
  counter: number;
}

/** Rounds after which the seed has spread over the whole state, as the generator's author advises. */
const WARM_UP_ROUNDS = 12;
const TWO_TO_32 = 2 ** 32;

/** Below this many, a sample is kept sorted by insertion; above, a set and one sort are cheaper. */
const SMALL_SAMPLE = 32;

/** A generator for this seed, a non-negative safe integer: both of its halves count. */
export function createGenerator(seed: number): Generator {
  const generator = { a: seed | 0, b: Math.floor(seed / TWO_TO_32) | 0, c: 0, counter: 1 };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) nextUint32(generator);
  return generator;
}

/** The next draw: an integer, uniform in [0, 2^32). */
export function nextUint32(generator: Generator): number {
  const { a, b, c, counter } = generator;
  const drawn = (((a + b) | 0) + counter) | 0;
  generator.counter = (counter + 1) | 0;
  generator.a = b ^ (b >>> 9);
  generator.b = (c + (c << 3)) | 0;
  generator.c = (((c << 21) | (c >>> 11)) + drawn) | 0;
  return drawn >>> 0;
}

/** The next draw: a float, uniform in [0, 1), with 53 random bits. */
export function nextUnit(generator: Generator): number {
  const high = nextUint32(generator) >>> 5;
  const low = nextUint32(generator) >>> 6;
  return (high * 2 ** 26 + low) / 2 ** 53;
}

/**
 * The next draw: an integer, uniform in [0, bound), for 1 ≤ bound ≤ 2^32. Draws that would favour the low numbers
 * are thrown away, fewer than half of them at the worst.
 */
export function nextBelow(generator: Generator, bound: number): number {
  const unbiased = TWO_TO_32 - (TWO_TO_32 % bound);
  let drawn = nextUint32(generator);
  while (drawn >= unbiased) drawn = nextUint32(generator);
  // Where a number may be beyond 2^31, V8 keeps a remainder as a floating-point number even if it is small, and with it
  // all that it is stored in: machines, queues, arrays of slots. This makes it a small integer.
  return (drawn % bound) >>> 0;
}

/**
 * min(k, n) distinct integers of [0, n), each subset as likely as any other, in ascending order: Floyd's algorithm
 * (Bentley and Floyd 1987), k calls of {@link nextBelow} whatever n is. A sample of all is the ascending list and draws
 * nothing.
 */
export function sampleDistinct(generator: Generator, n: number, k: number): number[] {
  if (k >= n) return Array.from({ length: n }, (_, index) => index);
  return k <= SMALL_SAMPLE ? smallSample(generator, n, k) : largeSample(generator, n, k);
}

function smallSample(generator: Generator, n: number, k: number): number[] {
  const sample: number[] = [];
  for (let last = n - k; last < n; last++) {
    const drawn = nextBelow(generator, last + 1);
    // A number that is already in is replaced by `last`, which cannot be in yet: it has only now come within range.
    insertAscending(sample, sample.includes(drawn) ? last : drawn);
  }
  return sample;
}

function largeSample(generator: Generator, n: number, k: number): number[] {
  const sample = new Set<number>();
  for (let last = n - k; last < n; last++) {
    const drawn = nextBelow(generator, last + 1);
    sample.add(sample.has(drawn) ? last : drawn);
  }
  return Array.from(sample).sort((left, right) => left - right);
}

function insertAscending(sorted: number[], value: number): void {
  let index = sorted.length;
  sorted.push(value);
  for (; index > 0 && sorted[index - 1]! > value; index--) sorted[index] = sorted[index - 1]!;
  sorted[index] = value;
}
