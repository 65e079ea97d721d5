/** So many that ended last a machine remembers. */
const REMEMBERED = 8;

interface Sample {
  readonly inFlight: number;
  readonly ms: number;
}

/** How long invocations take on machines, by how many were in flight there when they came. */
export class Latencies {
  /** By machine: the oldest is replaced first. */
  readonly #samples: Sample[][] = [];
  readonly #next: number[] = [];

  note(machine: number, inFlight: number, ms: number): void {
    const next = this.#next[machine] ?? 0;
    const samples = this.#samples[machine] ?? [];
    samples[next] = { inFlight, ms };
    this.#samples[machine] = samples;
    this.#next[machine] = (next + 1) % REMEMBERED;
  }

  forget(machine: number): void {
    this.#samples[machine] = [];
    this.#next[machine] = 0;
  }

  /** About how long one takes that comes when so many are in flight, in ms: the lower median of those nearest to that; 0 if none has ended. */
  at(machine: number, inFlight: number): number {
    const samples = this.#samples[machine];
    if (samples === undefined || samples.length === 0) return 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (const sample of samples) nearest = Math.min(nearest, Math.abs(sample.inFlight - inFlight));
    const near: number[] = [];
    for (const sample of samples) {
      if (Math.abs(sample.inFlight - inFlight) === nearest) near.push(sample.ms);
    }
    near.sort((a, b) => a - b);
    return near[(near.length - 1) >> 1]!;
  }
}
