import { type Snapshot, type SnapshotInvocation, type SnapshotMachine, TRANSFER } from '../snapshot.ts';
import { ExplorationError } from './exploration-error.ts';
import type { BoundedInstance } from './instance.ts';

/** A field of a packed word: how far it is shifted, and the mask of its bits. */
interface Field {
  shift: number;
  mask: number;
}

/**
 * Packs the states of an instance into 32-bit words, one for each invocation and one for each machine, without loss:
 * two states are the same exactly when their words are.
 */
export class Packing {
  /** Words a state takes. */
  readonly words: number;
  private readonly invocationFields: Record<keyof SnapshotInvocation, Field>;
  private readonly machineFields: Record<keyof SnapshotMachine, Field>;
  private readonly maxAge: number;
  private readonly invocations: number;

  /** @throws ExplorationError when the instance is too large for its fields to fit into words. */
  constructor(instance: BoundedInstance) {
    const { invocations, machines, shards, prices, maxAge, ram, paging, antagonists = [] } = instance;
    const memory = Math.max(instance.maxDemand, instance.initialMemory);
    this.invocations = invocations;
    this.maxAge = maxAge;
    this.words = invocations + machines;
    this.invocationFields = layOut({
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
    });
    this.machineFields = layOut({
      shard: shards,
      available: ram,
      // A shard counts its own placements on top of what the dispatcher said.
      functions: 2 * invocations,
      antagonist: Math.max(0, ...antagonists),
      disk: paging === undefined ? 0 : TRANSFER.dying,
      owner: paging === undefined ? 0 : invocations,
      transferMb: paging === undefined ? 0 : Math.min(memory, paging.chunk),
    });
  }

  /** An empty snapshot of this instance, to be filled by {@link unpack}. */
  blank(): Snapshot {
    return {
      now: this.maxAge,
      invocations: Array.from({ length: this.invocations }, () => ({
        stage: 0,
        class: 0,
        machine: -1,
        ageMs: 0,
        demand: 0,
        resident: 0,
        fresh: 0,
        caller: -1,
        position: 0,
        shard: 0,
      })),
      machines: Array.from({ length: this.words - this.invocations }, () => ({
        shard: -1,
        available: 0,
        functions: 0,
        antagonist: 0,
        disk: TRANSFER.none,
        owner: -1,
        transferMb: 0,
      })),
    };
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
        this.pressed(m.antagonist, m.disk, m.owner, m.transferMb);
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

  /** Whether antagonists come to this instance. */
  get hasAntagonists(): boolean {
    return this.machineFields.antagonist.mask !== 0;
  }

  /** Whether two packed states have the same antagonists. */
  antagonistsAreSame(words: Int32Array, one: number, other: number): boolean {
    const { shift, mask } = this.machineFields.antagonist;
    for (let at = this.invocations; at < this.words; at++) {
      if ((((words[one + at]! ^ words[other + at]!) >>> shift) & mask) !== 0) return false;
    }
    return true;
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

  unpack(words: Int32Array, offset: number, snapshot: Snapshot): void {
    for (let index = 0; index < this.words; index++) this.unpackWord(words[offset + index]!, index, snapshot);
  }

  /** Unpacks one word of a state, the `index`-th. A blank snapshot is what words of 0 make. */
  unpackWord(word: number, index: number, { invocations, machines }: Snapshot): void {
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
    } else {
      const f = this.machineFields;
      const m = machines[index - invocations.length]!;
      m.shard = read(word, f.shard) - 1;
      m.available = read(word, f.available);
      m.functions = read(word, f.functions);
      m.antagonist = read(word, f.antagonist);
      m.disk = read(word, f.disk);
      m.owner = read(word, f.owner) - 1;
      m.transferMb = read(word, f.transferMb);
    }
  }
}

function read(word: number, field: Field): number {
  return (word >>> field.shift) & field.mask;
}

/** The bits of a word. */
const WORD_BITS = 32;

/** Gives each field as many bits as its greatest value needs, one beside the other. */
function layOut<Name extends string>(greatest: Record<Name, number>): Record<Name, Field> {
  const fields = {} as Record<Name, Field>;
  let shift = 0;
  for (const name of Object.keys(greatest) as Name[]) {
    const bits = 32 - Math.clz32(greatest[name]);
    fields[name] = { shift, mask: bits === 0 ? 0 : 2 ** bits - 1 };
    shift += bits;
  }
  if (shift > WORD_BITS) throw new ExplorationError({ kind: 'too-large', bits: shift, most: WORD_BITS });
  return fields;
}
