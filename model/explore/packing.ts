import {
  blankSnapshot,
  PRESENCE,
  type Snapshot,
  type SnapshotFaults,
  type SnapshotInvocation,
  type SnapshotMachine,
  STAGE,
  TRANSFER,
} from '../snapshot.ts';
import type { Field as SizeField } from './exploration-error.ts';
import { type BoundedInstance, comeAndGo, machinesIn, returnToShards } from './instance.ts';
import type { Naming } from './naming.ts';
import { type Field, isEmpty, layOut, read, replaced } from './word-fields.ts';

/** What an invocation brings along from earlier, which has a word of its own. */
type PastField = 'degraded' | 'attempt' | 'cpuMs' | 'mbMs';
type PresentField = Exclude<keyof SnapshotInvocation, PastField>;
/** What concerns the cluster as a whole: the ms of the period, what is spent, the faults so far. */
type ClusterField = 'elapsedMs' | 'spent' | keyof SnapshotFaults;

/**
 * Packs the states of an instance into 32-bit words, without loss: two states are the same exactly when their words are.
 * There is one for each invocation and one for each machine; where there are faults, budgets or bills, also one for the
 * past of each invocation, and one for the cluster.
 */
export class Packing {
  /** Words a state takes. */
  readonly words: number;
  /** Where the words about the past begin, and the place of the one about the cluster; -1 where there is none. */
  readonly past: number;
  readonly cluster: number;
  /** The words of machines end before this one. */
  readonly machineEnd: number;
  /** Whether bills are part of a state. */
  readonly isMetered: boolean;
  /** Whether the shard that somebody on a machine returns to after a crash is. */
  readonly keepsShard: boolean;
  /** The word of a machine that has never joined. */
  readonly absentMachine: number;
  private readonly invocationFields: Record<PresentField, Field>;
  private readonly machineFields: Record<keyof SnapshotMachine, Field>;
  private readonly pastFields: Record<PastField, Field>;
  private readonly clusterFields: Record<ClusterField, Field>;
  private readonly machines: number;
  private readonly invocations: number;
  /** The time of a state at the beginning of a period: late enough that nobody was enqueued before 0. */
  private readonly baseMs: number;

  /** @throws ExplorationError when the instance is too large for its fields to fit into words. */
  constructor(instance: BoundedInstance) {
    const { invocations, shards, prices, maxAge, ram, paging, antagonists = [], budget } = instance;
    const { crashes = 0, drains = 0, joins = 0, restarts = 0, maxAttempts = 1, maxMetered = 0 } = instance;
    const memory = Math.max(instance.maxDemand, instance.initialMemory);
    const machines = machinesIn(instance);
    this.invocations = invocations;
    this.machines = machines;
    this.baseMs = budget === undefined ? maxAge : Math.ceil(maxAge / budget.period) * budget.period;
    this.invocationFields = layOut(
      {
        stage: 7,
        class: prices.length - 1,
        machine: machines,
        ageMs: maxAge,
        demand: memory,
        resident: memory,
        fresh: paging === undefined ? 0 : memory,
        caller: invocations,
        position: invocations - 1,
        shard: shards - 1,
      },
      SIZES,
    );
    this.machineFields = layOut(
      {
        shard: shards,
        available: ram,
        // A shard counts its own placements on top of what the dispatcher said.
        functions: invocations + invocations * maxAttempts,
        antagonist: Math.max(0, ...antagonists),
        disk: paging === undefined ? 0 : TRANSFER.dying,
        owner: paging === undefined ? 0 : invocations,
        transferMb: paging === undefined ? 0 : Math.min(memory, paging.chunk),
        presence: comeAndGo(instance) ? PRESENCE.absent : 0,
      },
      SIZES,
    );
    this.pastFields = layOut(
      {
        degraded: budget === undefined ? 0 : 1,
        attempt: maxAttempts - 1,
        cpuMs: maxMetered,
        // Time stops once the bound is reached, and the last ms may reach beyond it.
        mbMs: maxMetered === 0 ? 0 : maxMetered + memory,
      },
      SIZES_OF_PAST,
    );
    this.clusterFields = layOut(
      {
        elapsedMs: budget === undefined ? 0 : budget.period - 1,
        spent: budget === undefined ? 0 : budget.amount,
        crashes,
        drains,
        joins,
        restarts,
      },
      SIZES_OF_CLUSTER,
    );
    this.machineEnd = invocations + machines;
    this.isMetered = maxMetered > 0;
    this.keepsShard = returnToShards(instance);
    this.absentMachine = this.wordOfMachine(-1, 0, 0) | this.present(PRESENCE.absent);
    this.past = isEmpty(this.pastFields) ? -1 : this.machineEnd;
    const told = this.machineEnd + (this.past < 0 ? 0 : invocations);
    this.cluster = isEmpty(this.clusterFields) ? -1 : told;
    this.words = told + (this.cluster < 0 ? 0 : 1);
  }

  /** An empty snapshot of this instance, to be filled by {@link unpack}. */
  blank(): Snapshot {
    return blankSnapshot(this.baseMs, this.invocations, this.machines);
  }

  pack(snapshot: Snapshot, words: Int32Array, offset: number): void {
    let at = offset;
    for (const i of snapshot.invocations) {
      const { stage, class: priceClass, machine, ageMs, demand, resident, caller, position, shard } = i;
      words[at++] =
        this.wordOf(stage, priceClass, machine, ageMs, demand, resident, caller, shard) |
        this.placed(position) |
        this.asking(i.fresh);
    }
    for (const m of snapshot.machines) {
      words[at++] =
        this.wordOfMachine(m.shard, m.available, m.functions) |
        this.pressed(m.antagonist, m.disk, m.owner, m.transferMb) |
        this.present(m.presence);
    }
    if (this.past >= 0) {
      for (const i of snapshot.invocations)
        words[at++] = this.wordOfPast(i.degraded, i.attempt, i.cpuMs, i.mbMs);
    }
    if (this.cluster >= 0) {
      words[at] = this.wordOfCluster(snapshot.now - this.baseMs, snapshot.spent, snapshot.faults);
    }
  }

  /** The word of an invocation in the first place; {@link placed} adds another place. */
  wordOf(
    stage: number,
    priceClass: number,
    machine: number,
    ageMs: number,
    demand: number,
    resident: number,
    caller: number,
    shard: number,
  ): number {
    const f = this.invocationFields;
    return (
      (stage << f.stage.shift) |
      (priceClass << f.class.shift) |
      ((machine + 1) << f.machine.shift) |
      (ageMs << f.ageMs.shift) |
      (demand << f.demand.shift) |
      (resident << f.resident.shift) |
      ((caller + 1) << f.caller.shift) |
      (shard << f.shard.shift)
    );
  }

  placed(position: number): number {
    return position << this.invocationFields.position.shift;
  }

  /** What is added to the word of one that has asked for memory that is nowhere yet. */
  asking(fresh: number): number {
    return fresh << this.invocationFields.fresh.shift;
  }

  /** What is added to the word of a machine with an antagonist, or with a transfer in flight. */
  pressed(antagonist: number, disk: number, owner: number, transferMb: number): number {
    const f = this.machineFields;
    // Without paging there is no room for an owner, and none is needed.
    const ownerBits = disk === TRANSFER.none ? 0 : (owner + 1) << f.owner.shift;
    return (
      (antagonist << f.antagonist.shift) |
      (disk << f.disk.shift) |
      ownerBits |
      (transferMb << f.transferMb.shift)
    );
  }

  /** What is added to the word of a machine that is not up. */
  present(presence: number): number {
    return presence << this.machineFields.presence.shift;
  }

  /** The word of what an invocation brings along; 0 for one that brings nothing. */
  wordOfPast(degraded: number, attempt: number, cpuMs: number, mbMs: number): number {
    const f = this.pastFields;
    return (
      (degraded << f.degraded.shift) |
      ((attempt - 1) << f.attempt.shift) |
      (cpuMs << f.cpuMs.shift) |
      (mbMs << f.mbMs.shift)
    );
  }

  /** @param elapsedMs since the period of the budget began. */
  wordOfCluster(elapsedMs: number, spent: number, faults: SnapshotFaults): number {
    const f = this.clusterFields;
    return (
      (elapsedMs << f.elapsedMs.shift) |
      (spent << f.spent.shift) |
      (faults.crashes << f.crashes.shift) |
      (faults.drains << f.drains.shift) |
      (faults.joins << f.joins.shift) |
      (faults.restarts << f.restarts.shift)
    );
  }

  wordOfMachine(shard: number, available: number, functions: number): number {
    const f = this.machineFields;
    return (
      ((shard + 1) << f.shard.shift) | (available << f.available.shift) | (functions << f.functions.shift)
    );
  }

  /** Whether the figures of an entry have room in a word. */
  holdsEntry(available: number, functions: number): boolean {
    const f = this.machineFields;
    return available <= f.available.mask && functions <= f.functions.mask;
  }

  /** Whether what an invocation brings along has room in a word. */
  holdsPast(degraded: boolean, attempt: number, cpuMs: number, mbMs: number): boolean {
    const f = this.pastFields;
    return (
      (!degraded || f.degraded.mask > 0) &&
      attempt - 1 <= f.attempt.mask &&
      (f.cpuMs.mask === 0 || (cpuMs <= f.cpuMs.mask && mbMs <= f.mbMs.mask))
    );
  }

  unpack(words: Int32Array, offset: number, snapshot: Snapshot): void {
    for (let index = 0; index < this.words; index++) this.unpackWord(words[offset + index]!, index, snapshot);
  }

  /** The stage of an invocation in a packed state. */
  stageIn(words: Int32Array, offset: number, id: number): number {
    return read(words[offset + id]!, this.invocationFields.stage);
  }

  /** Unpacks one word of a state, the `index`-th. A blank snapshot is what words of 0 make. */
  unpackWord(word: number, index: number, snapshot: Snapshot): void {
    const { invocations, machines } = snapshot;
    if (index < invocations.length) {
      const f = this.invocationFields;
      const i = invocations[index]!;
      i.stage = read(word, f.stage);
      i.class = read(word, f.class);
      i.machine = read(word, f.machine) - 1;
      i.ageMs = read(word, f.ageMs);
      i.demand = read(word, f.demand);
      i.resident = read(word, f.resident);
      i.fresh = read(word, f.fresh);
      i.caller = read(word, f.caller) - 1;
      i.position = read(word, f.position);
      i.shard = read(word, f.shard);
    } else if (index < invocations.length + machines.length) {
      const f = this.machineFields;
      const m = machines[index - invocations.length]!;
      m.shard = read(word, f.shard) - 1;
      m.available = read(word, f.available);
      m.functions = read(word, f.functions);
      m.antagonist = read(word, f.antagonist);
      m.disk = read(word, f.disk);
      m.owner = read(word, f.owner) - 1;
      m.transferMb = read(word, f.transferMb);
      m.presence = read(word, f.presence);
    } else if (index === this.cluster) {
      this.unpackCluster(word, snapshot);
    } else {
      const f = this.pastFields;
      const i = invocations[index - this.past]!;
      i.degraded = read(word, f.degraded);
      i.attempt = read(word, f.attempt) + 1;
      i.cpuMs = read(word, f.cpuMs);
      i.mbMs = read(word, f.mbMs);
    }
  }

  /** Writes a packed state in which everybody is called otherwise. */
  rename(words: Int32Array, offset: number, naming: Naming, into: Int32Array): void {
    const { invocations, machines } = this;
    for (let id = 0; id < invocations; id++) {
      const name = naming.invocations[id]!;
      into[name] = this.renamed(words[offset + id]!, naming);
      if (this.past >= 0) into[this.past + name] = words[offset + this.past + id]!;
    }
    const { shard, owner } = this.machineFields;
    for (let id = 0; id < machines; id++) {
      let word = words[offset + invocations + id]!;
      const list = read(word, shard);
      if (list > 0) word = replaced(word, shard, naming.shards[list - 1]! + 1);
      const paged = read(word, owner);
      if (paged > 0) word = replaced(word, owner, naming.invocations[paged - 1]! + 1);
      into[invocations + naming.machines[id]!] = word;
    }
    if (this.cluster >= 0) into[this.cluster] = words[offset + this.cluster]!;
  }

  private renamed(from: number, naming: Naming): number {
    const { stage, machine, caller, shard } = this.invocationFields;
    let word = from;
    const place = read(word, machine);
    if (place > 0) word = replaced(word, machine, naming.machines[place - 1]! + 1);
    const waits = read(word, caller);
    if (waits > 0) word = replaced(word, caller, naming.invocations[waits - 1]! + 1);
    if (read(word, stage) === STAGE.queued || (place > 0 && this.keepsShard))
      word = replaced(word, shard, naming.shards[read(word, shard)]!);
    return word;
  }

  private unpackCluster(word: number, snapshot: Snapshot): void {
    const f = this.clusterFields;
    const { faults } = snapshot;
    snapshot.now = this.baseMs + read(word, f.elapsedMs);
    snapshot.spent = read(word, f.spent);
    faults.crashes = read(word, f.crashes);
    faults.drains = read(word, f.drains);
    faults.joins = read(word, f.joins);
    faults.restarts = read(word, f.restarts);
  }
}

/** What makes the words about a state, the past and the cluster large. */
const SIZES: readonly SizeField[] = [
  'invocations',
  'machines',
  'shards',
  'maxDemand',
  'maxAge',
  'ram',
  'prices',
];
const SIZES_OF_PAST: readonly SizeField[] = ['maxAttempts', 'maxMetered'];
const SIZES_OF_CLUSTER: readonly SizeField[] = ['budget', 'period', 'crashes', 'drains', 'joins', 'restarts'];
