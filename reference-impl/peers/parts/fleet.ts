/** The machines that take new work, and all of them by their load: how many there run, or could if they had a core. */
export class Fleet {
  /** Machines that take new work, ascending. */
  readonly open: number[] = [];
  readonly #load: number[] = [];
  readonly #cores: number[] = [];
  /** Machines that are open, by their load, in no order; and where in there each stands. */
  readonly #byLoad: number[][] = [];
  readonly #place: number[] = [];
  #lowest = 0;

  /** A machine is there from now on, without any load, and takes new work. */
  join(machine: number, cores: number): void {
    this.#load[machine] = 0;
    this.#cores[machine] = cores;
    this.#place[machine] = -1;
    this.admit(machine);
  }

  /** A machine takes new work from now on, unless it does already. */
  admit(machine: number): void {
    if (this.#place[machine]! >= 0) return;
    this.open.push(machine);
    this.open.sort((a, b) => a - b);
    this.#enter(machine);
  }

  /** A machine takes no new invocations; those that run there go on. */
  close(machine: number): void {
    const index = this.open.indexOf(machine);
    if (index < 0) return;
    this.open.splice(index, 1);
    this.#exit(machine);
    this.#place[machine] = -1;
  }

  isOpen(machine: number): boolean {
    return this.#place[machine]! >= 0;
  }

  loadOf(machine: number): number {
    return this.#load[machine]!;
  }

  /** One more or one fewer is on a machine. */
  change(machine: number, difference: 1 | -1): void {
    const isOpen = this.#place[machine]! >= 0;
    if (isOpen) this.#exit(machine);
    this.#load[machine]! += difference;
    if (isOpen) this.#enter(machine);
  }

  /** The machine with the least load, the first of several. */
  leastLoaded(machines: readonly number[]): number {
    let best = machines[0]!;
    for (const machine of machines) {
      if (this.#load[machine]! < this.#load[best]!) best = machine;
    }
    return best;
  }

  /** One with the least load, of all that are open. */
  leastLoadedOfAll(): number {
    while (this.#byLoad[this.#lowest]!.length === 0) this.#lowest++;
    return this.#byLoad[this.#lowest]!.at(-1)!;
  }

  /** The fullest machine that is not empty and has a core to spare. */
  fullestWithFreeCore(): number | undefined {
    for (let load = this.#byLoad.length - 1; load > 0; load--) {
      const found = this.#byLoad[load]!.findLast((machine) => this.#cores[machine]! > load);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #enter(machine: number): void {
    const load = this.#load[machine]!;
    while (this.#byLoad.length <= load) this.#byLoad.push([]);
    const equals = this.#byLoad[load]!;
    this.#place[machine] = equals.length;
    equals.push(machine);
    if (load < this.#lowest) this.#lowest = load;
  }

  #exit(machine: number): void {
    const equals = this.#byLoad[this.#load[machine]!]!;
    const last = equals.pop()!;
    if (last === machine) return;
    const place = this.#place[machine]!;
    equals[place] = last;
    this.#place[last] = place;
  }
}
