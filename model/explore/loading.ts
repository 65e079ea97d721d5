import { empty, file, unfile } from '../arrays.ts';
import { dropEntry, writeEntry } from '../effects.ts';
import { type Invocation, type Machine, ramHeldFor, usableRam } from '../entities.ts';
import { killIsDue } from '../rules/memory.ts';
import {
  PRESENCE,
  type Snapshot,
  type SnapshotFaults,
  type SnapshotInvocation,
  type SnapshotMachine,
  STAGE,
} from '../snapshot.ts';
import {
  addInvocation,
  addMachine,
  enterAvailability,
  enterDisk,
  removeMachine,
  type State,
} from '../state.ts';
import { IMAGE, LISTING, PHASE, PRESSURE } from '../table.ts';
import { addUnended, invocationOf, removeUnended } from '../unended.ts';
import { addId, isUsed, removeId } from '../used-ids.ts';
import type { Packing } from './packing.ts';
import {
  AVAILABILITY_OF_PRESENCE,
  canBePacked,
  DISK_OF_TRANSFER,
  PHASE_OF_STAGE,
  packState,
  stageOfPhase,
} from './saving.ts';

/**
 * Puts a model into the state of a snapshot, and packs the state that it is in, so that one model serves all states of an
 * exploration. It keeps the invocations of the last state at hand, also those that have ended since.
 */
export class Loader {
  private readonly state: State;
  private readonly pool: Invocation[];
  /** Whether an id was used in the state that was loaded last. */
  private readonly used: boolean[];

  /** @param state of a model that has booted. */
  constructor(state: State, invocations: number) {
    this.state = state;
    this.pool = Array.from({ length: invocations }, (_, id) => addInvocation(state, id, 0, 'f', 0, 0, null));
    this.used = this.pool.map(() => true);
  }

  /** Overwrites the state of the model. */
  load(snapshot: Snapshot): void {
    const { state } = this;
    this.clear(snapshot.now);
    this.fitMachines(snapshot.machines);
    for (let id = 0; id < this.pool.length; id++) this.loadInvocation(snapshot, id);
    for (let id = 0; id < state.machines.length; id++) this.loadMachine(snapshot, state.machines[id]!);
    if (state.tenants[0]!.budget !== null) this.loadAccount(snapshot);
  }

  /** As many machines as have ever joined. */
  private fitMachines(wanted: readonly SnapshotMachine[]): void {
    const { state } = this;
    let count = state.config.machines.length;
    while (count < wanted.length && wanted[count]!.presence !== PRESENCE.absent) count++;
    while (state.machines.length > count) removeMachine(state);
    // All that join are alike.
    while (state.machines.length < count) addMachine(state, state.config.machines[0]!);
  }

  /** What is spent, and what is being spent, summed over those that were loaded. */
  private loadAccount({ now, spent }: Snapshot): void {
    const { state } = this;
    const account = state.tenants[0]!;
    account.spent = spent;
    account.meteredAt = now;
    account.resident = 0;
    account.runningByClass.fill(0);
    for (const { class: effective } of state.byPhase[PHASE.running]!) account.runningByClass[effective]!++;
    for (const machine of state.machines) {
      for (const invocation of machine.live) account.resident += ramHeldFor(invocation);
    }
    state.spendingHorizon = Number.POSITIVE_INFINITY;
  }

  /**
   * Empties what is about to be filled. Most of it is empty or stays as it is, so each part is looked at before it is
   * cleared.
   */
  private clear(now: number): void {
    const { state } = this;
    state.now = now;
    const { counts, due } = state;
    // A step that was abandoned may still owe something.
    empty(due.waking);
    due.exhausted = 0;
    counts.submitted = 0;
    counts.completed = 0;
    counts.killed = 0;
    counts.throttled = 0;
    for (const shard of state.shards) {
      shard.queued = 0;
      for (const queue of shard.queues) {
        if (queue.items.length > 0) empty(queue.items);
        queue.head = 0;
      }
    }
    for (const machine of state.machines) {
      empty(machine.live);
      machine.demand = 0;
      machine.resident = 0;
      machine.fresh = 0;
      machine.running = 0;
    }
  }

  private loadInvocation({ invocations, now }: Snapshot, id: number): void {
    const { state } = this;
    const from = invocations[id]!;
    const to = this.pool[id]!;
    this.know(id, from.stage);
    if (from.stage === STAGE.unused) return;
    state.counts.submitted++;
    if (from.stage === STAGE.completed) state.counts.completed++;
    else if (from.stage === STAGE.killed) state.counts.killed++;
    else if (from.stage === STAGE.throttled) state.counts.throttled++;
    if (from.stage >= STAGE.completed) return;
    to.class = from.class;
    to.degraded = from.degraded === 1;
    to.shard = from.shard;
    to.enqueuedAt = now - from.ageMs;
    to.machine = from.machine < 0 ? null : state.machines[from.machine]!;
    to.demand = from.demand;
    to.resident = from.resident;
    to.fresh = from.fresh;
    to.inFlight = 0;
    to.image = imageOf(from);
    to.attempt = from.attempt;
    to.cpuMs = from.cpuMs;
    to.mbMs = from.mbMs;
    // Where bills are no part of a state, nothing is metered in any step: time passes only in steps in which nobody changes.
    to.meteredAt = now;
    to.willRun = false;
    // A blocked invocation learns from its callee which one it waits for.
    if (from.stage !== STAGE.blocked) to.callee = null;
    if (from.caller < 0) {
      to.caller = null;
    } else {
      to.caller = this.pool[from.caller]!;
      to.caller.callee = to;
    }
    if (to.machine !== null) {
      to.machine.demand += to.demand;
      to.machine.resident += to.resident;
      to.machine.fresh += to.fresh;
      if (from.stage === STAGE.running) to.machine.running++;
      putAt(to.machine.live, from.position, to);
    } else {
      const shard = state.shards[from.shard]!;
      shard.queued++;
      putAt(shard.queues[from.class]!.items, from.position, to);
    }
  }

  /** Makes the model know an id as used or not, and its invocation as unended or not, in the phase of this stage. */
  private know(id: number, stage: number): void {
    const { invocations, usedIds, byPhase } = this.state;
    const known = invocationOf(invocations, id);
    const wanted = this.pool[id]!;
    const phase = PHASE_OF_STAGE[stage]!;
    const unended = isUnended(stage);
    if (known !== (unended ? wanted : undefined) || wanted.phase !== phase) {
      if (known !== undefined) {
        unfile(byPhase[known.phase]!, known);
        removeUnended(invocations, id);
      }
      wanted.phase = phase;
      if (unended) {
        file(byPhase[phase]!, wanted);
        addUnended(invocations, wanted);
      }
    }
    // A step only ever adds to the used ids.
    if (stage === STAGE.unused) removeId(usedIds, id);
    else if (!this.used[id] && !isUsed(usedIds, id)) addId(usedIds, id);
    this.used[id] = stage !== STAGE.unused;
  }

  private loadMachine({ machines }: Snapshot, machine: Machine): void {
    const { state } = this;
    const entry = machines[machine.id]!;
    enterAvailability(state, machine, AVAILABILITY_OF_PRESENCE[entry.presence]!);
    machine.willRunKnown = false;
    machine.antagonist = entry.antagonist;
    if (state.config.paging !== undefined) this.loadDisk(machine, entry);
    machine.pressure = pressureOf(machine);
    if (machine.pressure === PRESSURE.exhausted) state.due.exhausted++;
    this.loadEntry(machine, entry);
  }

  private loadDisk(machine: Machine, { disk, owner, transferMb }: SnapshotMachine): void {
    enterDisk(this.state, machine, DISK_OF_TRANSFER[disk]!);
    machine.transferMb = transferMb;
    machine.transferOwner = owner < 0 ? null : this.pool[owner]!;
    if (owner >= 0) this.pool[owner]!.inFlight = transferMb;
  }

  /** Most entries stay as they are from one state to the next. */
  private loadEntry(machine: Machine, { shard, available, functions }: SnapshotMachine): void {
    const { state } = this;
    const { entry } = machine;
    if (shard < 0) {
      machine.listing = LISTING.unlisted;
      if (entry !== null) dropEntry(state, machine);
    } else if (
      entry === null ||
      entry.shard !== shard ||
      entry.functions !== functions ||
      entry.available !== available
    ) {
      machine.listing = LISTING.listed;
      if (entry !== null && entry.shard !== shard) dropEntry(state, machine);
      writeEntry(state, machine, { shard, available, functions });
    }
  }

  /** Whether the state of the model can be packed. */
  canSave(packing: Packing): boolean {
    return canBePacked(this.state, packing);
  }

  /** Packs the state of the model, which must be quiet, after so many faults. */
  save(packing: Packing, faults: SnapshotFaults, words: Int32Array): void {
    packState(this.state, packing, this.pool.length, this.stageOfTheRest, faults, words);
  }

  /** One that was used in this step and does not live has been throttled at once: nothing else ends so soon. */
  private readonly stageOfTheRest = (id: number): number => {
    const stage = stageOfPhase(this.pool[id]!.phase);
    return stage === STAGE.unused && isUsed(this.state.usedIds, id) ? STAGE.throttled : stage;
  };
}

/** Puts an item into its place; until the places before it have theirs, it stands in for them. */
function putAt<Item>(items: Item[], position: number, item: Item): void {
  while (items.length <= position) items.push(item);
  items[position] = item;
}

function isUnended(stage: number): boolean {
  return stage >= STAGE.queued && stage <= STAGE.blocked;
}

function imageOf({ machine, demand, resident, fresh }: SnapshotInvocation): number {
  if (machine < 0) return IMAGE.absent;
  if (fresh > 0) return IMAGE.fresh;
  if (resident === demand) return IMAGE.resident;
  return resident === 0 ? IMAGE.swapped : IMAGE.partlySwapped;
}

function pressureOf(machine: Machine): number {
  if (machine.demand <= usableRam(machine)) return PRESSURE.ample;
  return killIsDue(machine) ? PRESSURE.exhausted : PRESSURE.pressed;
}
