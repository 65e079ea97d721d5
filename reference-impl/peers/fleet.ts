/** The machines of a scheduler that counts how many run on each: those that are up, and all by their load. */
export class Fleet {
  /** Machines that are up, ascending. */
  readonly up: number[] = [];
  /** How many run on a machine. */
  readonly #load: number[] = [];
  readonly #cores: number[] = [];
  /** Machines that are up, by their load, in no order; and where in there each stands. */
  readonly #byLoad: number[][] = [];
  readonly #place: number[] = [];
  #lowest = 0;

  constructor(cores: readonly number[]) {
    for (const [machine, count] of cores.entries()) this.join(machine, count);
  }

  join(machine: number, cores: number): void {
    this.#load[machine] = 0;
    this.#cores[machine] = cores;
    this.up.push(machine);
    this.up.sort((a, b) => a - b);
    this.#enter(machine);
  }

  /** A machine takes no new invocations; those that run there go on. */
  leave(machine: number): void {
    const index = this.up.indexOf(machine);
    if (index < 0) return;
    this.up.splice(index, 1);
    this.#exit(machine);
    this.#place[machine] = -1;
  }

  /** Nothing runs there any more. */
  clear(machine: number): void {
    this.#load[machine] = 0;
  }

  /** One more or one fewer runs on a machine. */
  change(machine: number, difference: 1 | -1): void {
    const isUp = this.#place[machine]! >= 0;
    if (isUp) this.#exit(machine);
    this.#load[machine]! += difference;
    if (isUp) this.#enter(machine);
  }

  /** The machine with the fewest that run, the first of several. */
  leastLoaded(machines: readonly number[]): number {
    let best = machines[0]!;
    for (const machine of machines) {
      if (this.#load[machine]! < this.#load[best]!) best = machine;
    }
    return best;
  }

  /** One with the fewest that run, of all that are up. */
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
