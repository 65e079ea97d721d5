import { epochMs } from './clock.ts';

/**
 * The wish that work should stop, where every thread can see it: also one that waits for somebody else's process and hears
 * nothing else. A signal asks for it, or a time that has come.
 */
export class StopSign {
  /** To be handed to other threads. */
  readonly buffer: SharedArrayBuffer;
  private readonly numbers: Int32Array;
  private readonly times: Float64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(32)) {
    this.buffer = buffer;
    this.numbers = new Int32Array(buffer, 0, 4);
    this.times = new Float64Array(buffer, 16, 2);
  }

  /** The number of the signal that has come; 0 when none has. */
  get signal(): number {
    return Atomics.load(this.numbers, SIGNAL);
  }

  set signal(number: number) {
    // The time first: whoever sees the signal sees when it came.
    this.times[CAME_AT] = epochMs();
    Atomics.store(this.numbers, SIGNAL, number);
  }

  /** Whether a signal came a moment ago. */
  get isFresh(): boolean {
    return this.signal !== 0 && epochMs() < this.times[CAME_AT]! + MOMENT_MS;
  }

  /** Whether a signal came so long ago that nobody's reader is waited for any longer. */
  get isPatienceOver(): boolean {
    return this.signal !== 0 && epochMs() >= this.times[CAME_AT]! + PATIENCE_MS;
  }

  /** Whether somebody works who stops early when a signal comes, and then says what there is so far. */
  get isHeeded(): boolean {
    return Atomics.load(this.numbers, HEEDED) > 0;
  }

  heed(): void {
    Atomics.add(this.numbers, HEEDED, 1);
  }

  unheed(): void {
    Atomics.sub(this.numbers, HEEDED, 1);
  }

  /** When time is up, in ms since 1970; 0 when it never is. */
  set until(timeMs: number) {
    this.times[UNTIL] = timeMs;
  }

  get isUp(): boolean {
    const until = this.times[UNTIL]!;
    return this.signal !== 0 || (until !== 0 && epochMs() >= until);
  }
}

const SIGNAL = 0;
const HEEDED = 1;
const UNTIL = 0;
const CAME_AT = 1;

/** Nobody presses Ctrl-C twice in less. */
const MOMENT_MS = 300;

/** How long the reader of a pipe has to take what is left, once a signal has come or time is up. */
export const PATIENCE_MS = 750;

/** Of one who waits or writes: it is over a moment after it was first asked with the sign up. */
export class Patience {
  private upSinceMs: number | null = null;

  renew(): void {
    this.upSinceMs = null;
  }

  get isOver(): boolean {
    if (!ofThisThread.isUp) return false;
    this.upSinceMs ??= epochMs();
    return epochMs() >= this.upSinceMs + PATIENCE_MS;
  }
}

let ofThisThread = new StopSign();

/** The stop sign that whoever works in this thread looks at. */
export function stopSign(): StopSign {
  return ofThisThread;
}

/** Makes the stop sign of another thread that of this one. */
export function shareStopSign(buffer: SharedArrayBuffer): void {
  ofThisThread = new StopSign(buffer);
}
