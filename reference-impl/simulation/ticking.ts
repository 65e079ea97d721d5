import { BrokenScheduler } from '../broken-scheduler.ts';
import type { Scheduler } from '../scheduler.ts';
import { type EventHeap, PRECEDENCE, type Scheduled } from './event-heap.ts';

/** The next `tick` that a scheduler has asked for by its `dueAt`, as an event. */
export class Ticking implements Scheduled {
  readonly kind = 'tick';
  readonly precedence = PRECEDENCE.tick;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  readonly #scheduler: Scheduler;
  readonly #agenda: Pick<EventHeap<Ticking>, 'add' | 'remove'>;

  private constructor(scheduler: Scheduler, agenda: Pick<EventHeap<Ticking>, 'add' | 'remove'>) {
    this.#scheduler = scheduler;
    this.#agenda = agenda;
  }

  /** Of a scheduler that wants ticks; null for one that does not. */
  static of(scheduler: Scheduler, agenda: Pick<EventHeap<Ticking>, 'add' | 'remove'>): Ticking | null {
    return scheduler.dueAt === undefined ? null : new Ticking(scheduler, agenda);
  }

  /**
   * Asks, after a step at `atMs` (whole ms), when the next one is due. One that was not due already, and is not later, is
   * due at the next ms, so that time goes on. Where nobody is alive nothing is due: ticks alone keep no simulation going.
   *
   * @throws BrokenScheduler when the answer is no time.
   */
  ask(atMs: number, isAnybodyAlive: boolean): void {
    const dueMs = isAnybodyAlive ? this.#scheduler.dueAt!() : null;
    if (dueMs === null) {
      this.#agenda.remove(this);
      return;
    }
    if (!Number.isSafeInteger(dueMs)) {
      throw new BrokenScheduler(
        `scheduler ${this.#scheduler.name} at ${atMs}: dueAt says ${String(dueMs)}, which is no time in whole ms; null is for no tick`,
      );
    }
    if (this.heapIndex >= 0 && this.atMs === dueMs) return;
    this.#agenda.remove(this);
    this.#agenda.add(this, Math.max(dueMs, atMs + 1));
  }
}
