import { EventHeap } from './event-heap.ts';
import type { Life } from './life.ts';

/**
 * A machine whose functions share its cores equally, at most one core each: processor sharing, exactly. What one
 * function has been served since the machine booted (its attained service, in core-ms) grows for all at the same rate,
 * min(1, cores / running), so a function that still needs some core-ms will finish when that clock has advanced by as
 * much. Nothing is cut into slices, and a function that comes or goes costs the logarithm of those that share.
 */
export class SharedCores {
  readonly cores: number;
  running = 0;
  /** Those that run, by what the clock of attained service shows when each is due. */
  readonly #due = new EventHeap<Life>();
  #attainedMs = 0;
  #sinceMs = 0;

  constructor(cores: number) {
    this.cores = cores;
  }

  /** How many cores are busy. */
  get busyCores(): number {
    return Math.min(this.cores, this.running);
  }

  /** What the clock of attained service shows at time `nowMs`. */
  attainedMs(nowMs: number): number {
    return this.#attainedMs + (nowMs - this.#sinceMs) * this.#rate;
  }

  /** One more shares from now on. */
  start(nowMs: number): void {
    this.#bringUpToDate(nowMs);
    this.running++;
  }

  /** One of those that run is due when the clock of attained service shows `attainedMs`. */
  setDue(life: Life, attainedMs: number): void {
    this.#due.add(life, attainedMs);
  }

  /** One that runs stops, whether it was due some time or not. */
  stop(life: Life, nowMs: number): void {
    this.#bringUpToDate(nowMs);
    this.#due.remove(life);
    this.running--;
    // The past of an empty machine concerns nobody, and small figures are more exact.
    if (this.running === 0) this.#attainedMs = 0;
  }

  /** When the next one is due, if nobody comes or goes; infinity when nobody is. */
  get dueAtMs(): number {
    const first = this.#due.first;
    if (first === undefined) return Number.POSITIVE_INFINITY;
    return this.#sinceMs + Math.max(0, first.atMs - this.#attainedMs) / this.#rate;
  }

  /** Takes out the one that is due now. The clock is set to exactly its figure, so rounding errors do not add up. */
  takeDue(nowMs: number): Life {
    const life = this.#due.pop()!;
    this.#attainedMs = Math.max(this.#attainedMs, life.atMs);
    this.#sinceMs = nowMs;
    return life;
  }

  get #rate(): number {
    return this.running <= this.cores ? 1 : this.cores / this.running;
  }

  #bringUpToDate(nowMs: number): void {
    this.#attainedMs = this.attainedMs(nowMs);
    this.#sinceMs = nowMs;
  }
}
