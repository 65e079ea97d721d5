import type { Stimulus } from '../alphabet.ts';
import { empty } from '../arrays.ts';
import {
  PRESENCE,
  type Snapshot,
  type SnapshotFaults,
  type SnapshotInvocation,
  type SnapshotMachine,
  STAGE,
  TRANSFER,
} from '../snapshot.ts';
import { type BoundedInstance, machinesIn } from './instance.ts';

/** A stimulus and how much time passes before it, in ms. */
export interface Enabled {
  readonly afterMs: number;
  readonly stimulus: Stimulus;
}

/**
 * All stimuli of an instance, made once, so that exploration allocates none. {@link enabledIn} picks those of a state,
 * always in the same order.
 */
export class StimulusPool {
  private readonly instance: BoundedInstance;
  private readonly submits: Enabled[][];
  private readonly turns: Enabled[];
  private readonly grows: Enabled[][];
  private readonly finishes: Enabled[];
  private readonly calls: Enabled[][][];
  private readonly antagonists: { memory: number; enabled: Enabled }[][];
  private readonly paged: Enabled[];
  private readonly crashes: Enabled[];
  private readonly drains: Enabled[];
  private readonly joins: Enabled[];
  private readonly restarts: Enabled[];
  private readonly tick: Enabled = { afterMs: 1, stimulus: { type: 'tick' } };
  private readonly bounds: SnapshotFaults;
  private readonly hasFaults: boolean;

  constructor(instance: BoundedInstance) {
    this.instance = instance;
    const { invocations, shards, prices, maxDemand, cores, ram, swap } = instance;
    const ids = Array.from({ length: invocations }, (_, id) => id);
    const homes = prices.flatMap((_, priceClass) =>
      Array.from({ length: shards }, (_, shard) => ({ priceClass, shard })),
    );
    const now = (stimulus: Stimulus): Enabled => ({ afterMs: 0, stimulus });
    this.submits = ids.map((id) =>
      homes.map(({ priceClass, shard }) =>
        now({ type: 'submit', id, tenant: 0, function: 'f', class: priceClass, shard }),
      ),
    );
    this.turns = Array.from({ length: shards }, (_, shard) => now({ type: 'turn', shard }));
    this.grows = ids.map((id) =>
      Array.from({ length: maxDemand + 1 }, (_, demand) => now({ type: 'resize', id, demand })),
    );
    this.finishes = ids.map((id) => now({ type: 'finish', id }));
    const machines = Array.from({ length: machinesIn(instance) }, (_, machine) => machine);
    this.antagonists = machines.map((machine) =>
      (instance.antagonists ?? []).map((memory) => ({
        memory,
        enabled: now({ type: 'antagonist', machine, memory }),
      })),
    );
    this.paged = machines.map((machine) => now({ type: 'paged', machine }));
    this.crashes = machines.map((machine) => now({ type: 'crash', machine }));
    this.drains = machines.map((machine) => now({ type: 'drain', machine }));
    this.joins = machines.map((machine) => now({ type: 'join', machine, cores, ram, swap }));
    this.restarts = this.turns.map((_, shard) => now({ type: 'restart', shard }));
    this.bounds = {
      crashes: instance.crashes ?? 0,
      drains: instance.drains ?? 0,
      joins: instance.joins ?? 0,
      restarts: instance.restarts ?? 0,
    };
    this.hasFaults = Object.values(this.bounds).some((bound) => bound > 0);
    this.calls = ids.map((caller) =>
      ids.map((id) =>
        homes.map(({ priceClass, shard }) =>
          now({ type: 'call', caller, id, function: 'f', class: priceClass, shard }),
        ),
      ),
    );
  }

  /**
   * Fills `enabled` with the stimuli of a state: submissions, turns, for each that runs growth, end, calls; for each
   * machine what happens to it; restarts; time.
   */
  enabledIn({ invocations, machines, faults }: Snapshot, enabled: Enabled[]): void {
    empty(enabled);
    let queued = 0;
    let oldest = 0;
    let unused = -1;
    for (let id = 0; id < invocations.length; id++) {
      const { stage, ageMs } = invocations[id]!;
      if (stage === STAGE.queued) {
        queued++;
        if (ageMs > oldest) oldest = ageMs;
      } else if (stage === STAGE.unused && unused < 0) {
        unused = id;
      }
    }
    if (unused >= 0) for (const submit of this.submits[unused]!) enabled.push(submit);
    if (queued > 0) this.addTurns(invocations, enabled);
    for (let id = 0; id < invocations.length; id++) {
      const { stage, demand } = invocations[id]!;
      if (stage !== STAGE.running) continue;
      if (demand < this.instance.maxDemand) enabled.push(this.grows[id]![demand + 1]!);
      if (this.instance.shrink === true && demand > 1) enabled.push(this.grows[id]![demand - 1]!);
      enabled.push(this.finishes[id]!);
      if (this.instance.calls && unused >= 0) for (const call of this.calls[id]![unused]!) enabled.push(call);
    }
    for (let id = 0; id < machines.length; id++) this.addMachineStimuli(machines[id]!, id, enabled);
    if (this.hasFaults) this.addFaults(machines, faults, enabled);
    if (queued > 0 ? oldest < this.instance.maxAge : this.timeMatters(unused >= 0, invocations)) {
      if (!this.isMeteredEnough(invocations)) enabled.push(this.tick);
    }
  }

  /** Whether anything is to be seen of time where nothing is queued: a budget that admits, or a bill. */
  private timeMatters(isIdUnused: boolean, invocations: readonly SnapshotInvocation[]): boolean {
    const { budget, maxMetered } = this.instance;
    return (budget !== undefined && isIdUnused) || (maxMetered !== undefined && invocations.some(isPlaced));
  }

  private isMeteredEnough(invocations: readonly SnapshotInvocation[]): boolean {
    const { maxMetered } = this.instance;
    if (maxMetered === undefined) return false;
    return invocations.some(({ cpuMs, mbMs }) => cpuMs >= maxMetered || mbMs >= maxMetered);
  }

  private addMachineStimuli(
    { antagonist, disk, presence }: SnapshotMachine,
    id: number,
    enabled: Enabled[],
  ): void {
    if (presence > PRESENCE.draining) return;
    for (const { memory, enabled: other } of this.antagonists[id]!) {
      if (memory !== antagonist) enabled.push(other);
    }
    if (disk !== TRANSFER.none) enabled.push(this.paged[id]!);
  }

  /** The next of those that never took part joins first. */
  private addFaults(machines: readonly SnapshotMachine[], before: SnapshotFaults, enabled: Enabled[]): void {
    const { bounds } = this;
    for (let id = 0; id < machines.length; id++) {
      const { presence } = machines[id]!;
      if (presence <= PRESENCE.draining && before.crashes < bounds.crashes) enabled.push(this.crashes[id]!);
      if (presence === PRESENCE.up && before.drains < bounds.drains) enabled.push(this.drains[id]!);
      if (presence >= PRESENCE.down && before.joins < bounds.joins) enabled.push(this.joins[id]!);
      if (presence === PRESENCE.absent) break;
    }
    if (before.restarts < bounds.restarts) for (const restart of this.restarts) enabled.push(restart);
  }

  private addTurns(invocations: Snapshot['invocations'], enabled: Enabled[]): void {
    for (let shard = 0; shard < this.turns.length; shard++) {
      if (invocations.some((i) => i.stage === STAGE.queued && i.shard === shard))
        enabled.push(this.turns[shard]!);
    }
  }
}

function isPlaced({ stage }: SnapshotInvocation): boolean {
  return stage >= STAGE.ready && stage <= STAGE.blocked;
}
