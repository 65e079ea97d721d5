import type { Configuration } from '../../model/configuration.ts';
import { SlotHeap } from '../slot-heap.ts';
import { DueBatches } from './due-batches.ts';
import type { Life } from './life.ts';
import { SharedCores } from './shared-cores.ts';

/** Who runs, and when the first of them is due to do something: what the clock knows of the machines' cores. */
export interface Cores {
  /** How many are busy in the whole cluster. */
  readonly busy: number;
  /** When the first one that runs is due, in ms; infinity when none is. */
  readonly earliestMs: number;
  /** Takes out the one that is due first, at the time when it is. */
  takeDue(nowMs: number): Life;
  /** A placed function runs from now on. */
  start(life: Life, nowMs: number): void;
  /** One that runs is due for its next action when it has run for long enough. */
  goOn(life: Life, nowMs: number): void;
  /** One that runs stops. */
  stop(life: Life, nowMs: number): void;
  /** What the clock of service of one that runs shows. */
  serviceMs(life: Life, nowMs: number): number;
  /** A machine has joined, or joins again. */
  join(machine: number, cores: number): void;
}

/** Each that runs has a core of its own, so that a clock of service is the clock. */
export class OwnCores implements Cores {
  busy = 0;
  readonly #due: DueBatches;
  readonly #lives: readonly Life[];

  /**
   * @param lives by their slots.
   * @param above how many may run without anybody being announced.
   * @param announce is given the slots of several that are due at the same time, before the first is taken out.
   */
  constructor(lives: readonly Life[], above: number, announce: (slots: readonly number[]) => void) {
    this.#lives = lives;
    this.#due = new DueBatches(above, announce);
  }

  get earliestMs(): number {
    return this.#due.earliestMs;
  }

  takeDue(): Life {
    return this.#lives[this.#due.take()]!;
  }

  start(life: Life, nowMs: number): void {
    life.start(nowMs);
    this.busy++;
    this.#due.set(life.slot, life.dueAtMs);
  }

  goOn(life: Life): void {
    this.#due.set(life.slot, life.dueAtMs);
  }

  stop(life: Life, nowMs: number): void {
    life.stop(nowMs);
    this.busy--;
    this.#due.remove(life.slot);
  }

  serviceMs(_life: Life, nowMs: number): number {
    return nowMs;
  }

  join(): void {}
}

/** Those that run on a machine share its cores: one clock of service a machine, and one event. */
export class SharedMachines implements Cores {
  busy = 0;
  readonly #machines: SharedCores[];
  readonly #due = new SlotHeap();

  constructor({ machines }: Configuration) {
    this.#machines = machines.map(({ cores }) => new SharedCores(cores));
  }

  get earliestMs(): number {
    return this.#due.earliestMs;
  }

  takeDue(nowMs: number): Life {
    const machine = this.#due.first;
    const life = this.#machines[machine]!.takeDue(nowMs);
    this.#schedule(machine);
    return life;
  }

  start(life: Life, nowMs: number): void {
    const shared = this.#machines[life.machine]!;
    const busy = shared.busyCores;
    shared.start(nowMs);
    this.busy += shared.busyCores - busy;
    life.start(shared.attainedMs(nowMs));
    this.goOn(life);
  }

  goOn(life: Life): void {
    this.#machines[life.machine]!.setDue(life, life.dueAtMs);
    this.#schedule(life.machine);
  }

  stop(life: Life, nowMs: number): void {
    const shared = this.#machines[life.machine]!;
    life.stop(shared.attainedMs(nowMs));
    const busy = shared.busyCores;
    shared.stop(life, nowMs);
    this.busy += shared.busyCores - busy;
    this.#schedule(life.machine);
  }

  serviceMs(life: Life, nowMs: number): number {
    return this.#machines[life.machine]!.attainedMs(nowMs);
  }

  join(machine: number, cores: number): void {
    this.#machines[machine] = new SharedCores(cores);
  }

  #schedule(machine: number): void {
    const { dueAtMs } = this.#machines[machine]!;
    if (dueAtMs === Number.POSITIVE_INFINITY) this.#due.remove(machine);
    else this.#due.set(machine, dueAtMs);
  }
}
