/** How many runs of a function are remembered. */
export const REMEMBERED_RUNS = 8;

/**
 * How long each function has run lately: the cpu-ms of its last {@link REMEMBERED_RUNS} invocations that completed. It
 * stands in for what a scheduler learns of functions that come again and again.
 */
export class RecentRuns {
  readonly #runs = new Map<string, { ms: number[]; next: number; sumMs: number }>();

  add(label: string, runMs: number): void {
    const runs = this.#runs.get(label);
    if (runs === undefined) {
      this.#runs.set(label, { ms: [runMs], next: 0, sumMs: runMs });
      return;
    }
    runs.sumMs += runMs;
    if (runs.ms.length < REMEMBERED_RUNS) {
      runs.ms.push(runMs);
      return;
    }
    runs.sumMs -= runs.ms[runs.next]!;
    runs.ms[runs.next] = runMs;
    runs.next = (runs.next + 1) % REMEMBERED_RUNS;
  }

  /** Their mean, in whole ms, rounded down; 0 of a function that is not known. */
  meanMs(label: string): number {
    const runs = this.#runs.get(label);
    return runs === undefined ? 0 : Math.floor(runs.sumMs / runs.ms.length);
  }
}
