import { PRESENCE, type Snapshot, STAGE } from '../snapshot.ts';
import { type BoundedInstance, machinesIn } from './instance.ts';
import type { Naming } from './naming.ts';
import type { Packing } from './packing.ts';
import { StateReader } from './state-reader.ts';

/** What may be called otherwise without any difference to what can happen. */
export interface Interchangeable {
  /** Machines and shards: only where nothing is decided by their numbers. Invocations always are. */
  readonly machinesAndShards: boolean;
}

/**
 * States that differ only in who is called what, and one of them, in which everybody stands in for the same part of any
 * other: its canonical form, the same for all.
 *
 * Invocations are told apart by where they are: at a shard by class and place in the queue, on a machine by the place in
 * its arrival order. So their order is given once machines and shards are named, of which all namings are tried; the
 * least words count. Those that have ended come after those that live, by how they ended, and the unused last, as before.
 *
 * A crash queues what it takes down in the order of ids. As long as one may come that leaves another attempt, those that
 * live keep their order.
 */
export class Renaming {
  /** How {@link canonize} has named everybody. */
  readonly naming: Naming;
  /** How many of the namings that were tried lead to the same words: those by which the state is the same as itself. */
  private same = 0;
  private readonly packing: Packing;
  private readonly reader: StateReader;
  private readonly here: Snapshot;
  private readonly instance: BoundedInstance;
  private readonly namesMachines: boolean;
  private readonly trial: Naming;
  private readonly trialWords: Int32Array;
  private readonly keys: number[];
  private readonly order: number[];
  private readonly marks: number[];
  private readonly byMark: number[];
  private readonly ordersOfShards: readonly (readonly number[])[];
  private readonly ordersOfMachines: (readonly (readonly number[])[])[] = [];

  constructor(instance: BoundedInstance, packing: Packing, { machinesAndShards }: Interchangeable) {
    const { invocations, shards } = instance;
    const machines = machinesIn(instance);
    this.instance = instance;
    this.packing = packing;
    this.reader = new StateReader(packing);
    this.here = this.reader.snapshot;
    this.namesMachines = machinesAndShards && machines > 1;
    this.naming = namingOf(invocations, machines, shards);
    this.trial = namingOf(invocations, machines, shards);
    this.trialWords = new Int32Array(packing.words);
    this.keys = new Array(invocations).fill(0);
    this.order = new Array(invocations).fill(0);
    this.marks = new Array(machines).fill(0);
    this.byMark = new Array(machines).fill(0);
    this.ordersOfShards = machinesAndShards ? permutations(shards) : [identity(shards)];
  }

  /** Writes the canonical form of a packed state. */
  canonize(words: Int32Array, offset: number, into: Int32Array): void {
    const { packing, trial, trialWords } = this;
    this.reader.unpack(words, offset);
    this.same = 0;
    for (const machines of this.machineOrders()) {
      for (const [position, machine] of machines.entries()) trial.machines[machine] = position;
      for (const shards of this.ordersOfShards) {
        for (const [shard, name] of shards.entries()) trial.shards[shard] = name;
        this.nameInvocations(trial);
        packing.rename(words, offset, trial, trialWords);
        const difference = this.same === 0 ? -1 : compare(trialWords, into);
        if (difference > 0) continue;
        if (difference === 0) {
          this.same++;
          continue;
        }
        this.same = 1;
        into.set(trialWords);
        this.naming.invocations.set(trial.invocations);
        this.naming.machines.set(trial.machines);
        this.naming.shards.set(trial.shards);
      }
    }
  }

  /** How many states have the canonical form of a state. */
  orbit(words: Int32Array, offset: number, into: Int32Array): number {
    this.canonize(words, offset, into);
    const { invocations, machines } = this.here;
    let used = 0;
    let live = 0;
    const ended = new Map<number, number>();
    for (const { stage } of invocations) {
      if (stage === STAGE.unused) continue;
      used++;
      if (isLive(stage)) live++;
      else ended.set(stage, (ended.get(stage) ?? 0) + 1);
    }
    let namings = factorial(used);
    for (const count of ended.values()) namings /= factorial(count);
    if (this.keepsOrder()) namings /= factorial(live);
    const named = this.namesMachines ? machines.filter((_, id) => !this.isAbsent(id)).length : 0;
    return (namings * factorial(named) * this.ordersOfShards.length) / this.same;
  }

  /**
   * The same state with everybody who may be called otherwise called otherwise: all the other way round, or, of
   * invocations that keep their order, those that have ended first.
   */
  otherwise(words: Int32Array, offset: number, into: Int32Array): void {
    const { packing, here, trial, keys } = this;
    this.reader.unpack(words, offset);
    for (const [id, { stage }] of here.invocations.entries()) {
      if (stage === STAGE.unused) keys[id] = here.invocations.length + id;
      else if (!this.keepsOrder()) keys[id] = -id;
      else keys[id] = isLive(stage) ? id : id - here.invocations.length;
    }
    this.nameByKeys(trial);
    trial.machines.set(identity(trial.machines.length));
    trial.shards.set(
      this.ordersOfShards.length > 1
        ? identity(trial.shards.length).reverse()
        : identity(trial.shards.length),
    );
    if (this.namesMachines) {
      const named = here.machines.filter((_, id) => !this.isAbsent(id)).length;
      for (let machine = 0; machine < named; machine++) trial.machines[machine] = named - 1 - machine;
    }
    packing.rename(words, offset, trial, into);
  }

  /** Whether the order of ids may still matter to those that live. */
  private keepsOrder(): boolean {
    const { crashes = 0, maxAttempts = 1 } = this.instance;
    return maxAttempts > 1 && this.here.faults.crashes < crashes;
  }

  private nameInvocations(trial: Naming): void {
    const { here, keys } = this;
    const count = here.invocations.length;
    const keepsOrder = this.keepsOrder();
    const { length: classes } = this.instance.prices;
    const queues = trial.shards.length * classes;
    const places = queues + trial.machines.length;
    for (let id = 0; id < count; id++) {
      const { stage, shard, class: priceClass, machine, position } = here.invocations[id]!;
      if (stage === STAGE.unused) keys[id] = (places + 9) * count;
      else if (!isLive(stage)) keys[id] = (places + stage - STAGE.completed) * count;
      else if (keepsOrder) keys[id] = 0;
      else if (stage === STAGE.queued)
        keys[id] = (trial.shards[shard]! * classes + priceClass) * count + position;
      else keys[id] = (queues + trial.machines[machine]!) * count + position;
    }
    this.nameByKeys(trial);
  }

  /** Names invocations by their keys, in the order that they have where these are the same. */
  private nameByKeys({ invocations }: Naming): void {
    const { keys, order } = this;
    for (let id = 0; id < keys.length; id++) {
      let at = id;
      for (; at > 0 && keys[order[at - 1]!]! > keys[id]!; at--) order[at] = order[at - 1]!;
      order[at] = id;
    }
    for (let name = 0; name < order.length; name++) invocations[order[name]!] = name;
  }

  /**
   * The orders of machines that are tried: by a mark that does not depend on names, and in every order where marks are the
   * same. Machines that never were stay last.
   */
  private *machineOrders(): Generator<readonly number[]> {
    const { marks, byMark } = this;
    const count = marks.length;
    if (!this.namesMachines) {
      yield identity(count);
      return;
    }
    for (let machine = 0; machine < count; machine++) marks[machine] = this.markOf(machine);
    for (let machine = 0; machine < count; machine++) {
      let at = machine;
      for (; at > 0 && marks[byMark[at - 1]!]! > marks[machine]!; at--) byMark[at] = byMark[at - 1]!;
      byMark[at] = machine;
    }
    const sorted = [...byMark];
    let named = count;
    while (named > 0 && this.isAbsent(sorted[named - 1]!)) named--;
    const absent = sorted.slice(named);
    this.ordersOfMachines[named] ??= permutations(named);
    for (const order of this.ordersOfMachines[named]!) {
      if (order.some((from, to) => marks[sorted[from]!] !== marks[sorted[to]!])) continue;
      yield [...order.map((from) => sorted[from]!), ...absent];
    }
  }

  private isAbsent(machine: number): boolean {
    return this.here.machines[machine]!.presence === PRESENCE.absent;
  }

  /** A number that is the same however everybody is called: of what a machine is, and who is on it in which order. */
  private markOf(machine: number): number {
    const { here } = this;
    const { presence, shard, available, functions, antagonist, disk, transferMb } = here.machines[machine]!;
    if (presence === PRESENCE.absent) return ABSENT_MARK;
    let mark = mix(presence, shard < 0 ? 0 : 1);
    for (const part of [available, functions, antagonist, disk, transferMb]) mark = mix(mark, part);
    for (const i of here.invocations) {
      if (i.machine !== machine) continue;
      // The order in which they are looked at depends on names, and a sum does not.
      const own = mix(mix(mix(i.position + 1, i.stage), mix(i.class, i.demand)), mix(i.resident, i.fresh));
      mark = (mark + mix(own, mix(i.attempt + i.degraded * 16, mix(i.cpuMs, i.mbMs)))) | 0;
    }
    // Every one that is there is before those that are not.
    return mark >>> 1;
  }
}

const ABSENT_MARK = 2 ** 31;

function mix(one: number, other: number): number {
  const mixed = Math.imul(one ^ Math.imul(other + 1, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function isLive(stage: number): boolean {
  return stage >= STAGE.queued && stage <= STAGE.blocked;
}

function namingOf(invocations: number, machines: number, shards: number): Naming {
  return {
    invocations: new Int32Array(invocations),
    machines: Int32Array.from(identity(machines)),
    shards: Int32Array.from(identity(shards)),
  };
}

function identity(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function compare(one: Int32Array, other: Int32Array): number {
  for (let index = 0; index < one.length; index++) {
    if (one[index] !== other[index]) return one[index]! - other[index]!;
  }
  return 0;
}

function permutations(count: number): number[][] {
  if (count === 0) return [[]];
  return permutations(count - 1).flatMap((rest) =>
    Array.from({ length: count }, (_, at) => [...rest.slice(0, at), count - 1, ...rest.slice(at)]),
  );
}

function factorial(count: number): number {
  let product = 1;
  for (let factor = 2; factor <= count; factor++) product *= factor;
  return product;
}
