/** So many that ended last are remembered, of those that came when as many were in flight. */
const REMEMBERED = 5;

interface Recent {
  /** In ms; the oldest is replaced first. */
  readonly ms: number[];
  next: number;
}

/**
 * How long invocations take on machines, by how many were in flight there when they came: what a machine with few says
 * does not rest on the time when it had many.
 */
export class Latencies {
  /** By machine, and by how many were in flight. */
  readonly #recent: (Recent | undefined)[][] = [];

  note(machine: number, inFlight: number, ms: number): void {
    const ofMachine = this.#recent[machine] ?? [];
    this.#recent[machine] = ofMachine;
    while (ofMachine.length <= inFlight) ofMachine.push(undefined);
    const recent = ofMachine[inFlight] ?? { ms: [], next: 0 };
    ofMachine[inFlight] = recent;
    recent.ms[recent.next] = ms;
    recent.next = (recent.next + 1) % REMEMBERED;
  }

  forget(machine: number): void {
    this.#recent[machine] = [];
  }

  /**
   * About how long one takes that comes when so many are in flight, in ms: the lower median of those that came with as
   * many, or with the nearest number of which any has ended; 0 if none has.
   */
  at(machine: number, inFlight: number): number {
    const ofMachine = this.#recent[machine] ?? [];
    const furthest = Math.max(inFlight, ofMachine.length - inFlight);
    for (let distance = 0; distance <= furthest; distance++) {
      const recent = ofMachine[inFlight - distance] ?? ofMachine[inFlight + distance];
      if (recent !== undefined) return lowerMedian(recent.ms);
    }
    return 0;
  }
}

function lowerMedian(some: readonly number[]): number {
  const sorted = [...some].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1]!;
}
