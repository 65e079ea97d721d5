import type { Stimulus } from '../../model/alphabet.ts';
import type { Configuration, MachineSize } from '../../model/configuration.ts';
import { UsageDetail } from './usage-detail.ts';

/**
 * How much of a cluster is used, and its integral over time. Kept from one change to the next, whatever the number of
 * machines. A machine that drains or crashes no longer counts from that moment on; memory that an antagonist takes
 * cannot be used.
 */
export class Usage {
  busyCores = 0;
  /** Functions in the system: submitted, and not ended. */
  live = 0;
  residentMb = 0;
  swappedMb = 0;
  peakSwapMb = 0;
  pagedOutMb = 0;
  /** Evictions included: they take a core away, too. */
  preemptions = 0;
  /** Figures of each machine and class, if they are wanted. */
  readonly detail: UsageDetail | undefined;
  #nowMs = 0;
  #cores = 0;
  #ramMb = 0;
  #busyCoreMs = 0;
  #coreMs = 0;
  #liveMs = 0;
  #residentMbMs = 0;
  #ramMbMs = 0;
  readonly #machines: { size: MachineSize; antagonistMb: number; isCounted: boolean }[] = [];

  constructor(configuration: Configuration, isDetailed = false) {
    this.detail = isDetailed ? new UsageDetail(configuration) : undefined;
    for (const [machine, size] of configuration.machines.entries()) this.#addMachine(machine, size);
  }

  /** Lets time pass with everything as it is. */
  advance(toMs: number): void {
    const elapsedMs = toMs - this.#nowMs;
    if (elapsedMs === 0) return;
    this.#nowMs = toMs;
    this.#busyCoreMs += this.busyCores * elapsedMs;
    this.#coreMs += this.#cores * elapsedMs;
    this.#liveMs += this.live * elapsedMs;
    this.#residentMbMs += this.residentMb * elapsedMs;
    this.#ramMbMs += this.#ramMb * elapsedMs;
  }

  /** A machine holds more, or less, in RAM. */
  resize(machine: number, growthMb: number): void {
    this.residentMb += growthMb;
    this.detail?.resize(machine, growthMb);
  }

  /** Memory of a class goes from a machine's RAM to its swap, or, if negative, comes back. */
  swap(machine: number, classIndex: number, memoryMb: number): void {
    this.swappedMb += memoryMb;
    this.residentMb -= memoryMb;
    this.detail?.swap(machine, classIndex, memoryMb);
  }

  /** What is on its way between a machine's RAM and its swap is held in both, or, if negative, no more. */
  hold(machine: number, classIndex: number, ramMb: number, swapMb: number): void {
    this.residentMb += ramMb;
    this.swappedMb += swapMb;
    this.detail?.hold(machine, classIndex, ramMb, swapMb);
  }

  /** Takes note of what a stimulus does to the machines themselves. */
  note(stimulus: Stimulus): void {
    switch (stimulus.type) {
      case 'join':
        this.#addMachine(stimulus.machine, stimulus);
        break;
      case 'drain':
      case 'crash':
        this.#dropMachine(stimulus.machine);
        break;
      case 'antagonist':
        this.#setAntagonist(stimulus.machine, stimulus.memory);
        break;
    }
  }

  /** To be called when the scheduler is quiet: within a step, more may pass through swap than there is. */
  settle(busyCores: number): void {
    this.busyCores = busyCores;
    this.detail?.settle();
    if (this.swappedMb > this.peakSwapMb) this.peakSwapMb = this.swappedMb;
  }

  /** Core time spent running so far, in ms. */
  get busyCoreMs(): number {
    return this.#busyCoreMs;
  }

  /** The integral over time of the functions in the system, in ms. */
  get liveMs(): number {
    return this.#liveMs;
  }

  /** The part of all core time that was spent running, from 0 to 1. */
  get cpuUtilization(): number {
    return this.#coreMs === 0 ? 0 : this.#busyCoreMs / this.#coreMs;
  }

  /** The part of all RAM, over time, that held memory of functions, from 0 to 1. */
  get memoryUtilization(): number {
    return this.#ramMbMs === 0 ? 0 : this.#residentMbMs / this.#ramMbMs;
  }

  #addMachine(machine: number, { cores, ram, swap }: MachineSize): void {
    this.#machines[machine] = { size: { cores, ram, swap }, antagonistMb: 0, isCounted: true };
    this.#cores += cores;
    this.#ramMb += ram;
  }

  #dropMachine(machine: number): void {
    const known = this.#machines[machine];
    if (known?.isCounted !== true) return;
    known.isCounted = false;
    this.#cores -= known.size.cores;
    this.#ramMb -= Math.max(0, known.size.ram - known.antagonistMb);
  }

  #setAntagonist(machine: number, memoryMb: number): void {
    const known = this.#machines[machine];
    if (known?.isCounted !== true) return;
    this.#ramMb += Math.max(0, known.size.ram - memoryMb) - Math.max(0, known.size.ram - known.antagonistMb);
    known.antagonistMb = memoryMb;
  }
}
