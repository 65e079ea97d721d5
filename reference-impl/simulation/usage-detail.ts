import type { Configuration } from '../../model/configuration.ts';
import { grownTo } from '../slot-heap.ts';

/** What each machine and each class uses: kept only for runs that need this detail, since it costs a little. */
export class UsageDetail {
  /** MB in RAM now, by machine. */
  residentMb: Float64Array;
  /** MB in swap now, by machine, the most there ever was, and all that ever went there. */
  swappedMb: Float64Array;
  peakSwappedMb: Float64Array;
  pagedOutMb: Float64Array;
  /** MB in swap now, and all that ever went there, by class. */
  readonly swappedOfClassMb: Float64Array;
  readonly pagedOutOfClassMb: Float64Array;

  /** Machines whose swap has grown in this step, some of them several times. */
  readonly #grown: number[] = [];

  constructor({ machines, classes }: Configuration) {
    this.residentMb = new Float64Array(machines.length);
    this.swappedMb = new Float64Array(machines.length);
    this.peakSwappedMb = new Float64Array(machines.length);
    this.pagedOutMb = new Float64Array(machines.length);
    this.swappedOfClassMb = new Float64Array(classes.length);
    this.pagedOutOfClassMb = new Float64Array(classes.length);
  }

  resize(machine: number, growthMb: number): void {
    if (machine >= this.residentMb.length) this.#grow(machine + 1);
    this.residentMb[machine]! += growthMb;
  }

  swap(machine: number, classIndex: number, memoryMb: number): void {
    this.residentMb[machine]! -= memoryMb;
    this.swappedMb[machine]! += memoryMb;
    this.swappedOfClassMb[classIndex]! += memoryMb;
    if (memoryMb < 0) return;
    this.pagedOutMb[machine]! += memoryMb;
    this.pagedOutOfClassMb[classIndex]! += memoryMb;
    this.#grown.push(machine);
  }

  hold(machine: number, classIndex: number, ramMb: number, swapMb: number): void {
    this.residentMb[machine]! += ramMb;
    this.swappedMb[machine]! += swapMb;
    this.swappedOfClassMb[classIndex]! += swapMb;
    if (swapMb > 0) this.#grown.push(machine);
  }

  /** To be called when the scheduler is quiet: within a step, more may pass through swap than there is. */
  settle(): void {
    for (let machine = this.#grown.pop(); machine !== undefined; machine = this.#grown.pop()) {
      if (this.swappedMb[machine]! <= this.peakSwappedMb[machine]!) continue;
      this.peakSwappedMb[machine] = this.swappedMb[machine]!;
    }
  }

  #grow(machines: number): void {
    this.residentMb = grownTo(this.residentMb, machines);
    this.swappedMb = grownTo(this.swappedMb, machines);
    this.peakSwappedMb = grownTo(this.peakSwappedMb, machines);
    this.pagedOutMb = grownTo(this.pagedOutMb, machines);
  }
}
