import type { Invocation } from '../entities.ts';
import { meter, settleTenant } from '../metering.ts';
import { PRESENCE, type SnapshotFaults, STAGE } from '../snapshot.ts';
import type { State } from '../state.ts';
import { AVAILABILITY, DISK, invocationTable, PHASE } from '../table.ts';
import { everybody, invocationOf } from '../unended.ts';
import type { Packing } from './packing.ts';

/** How the state of a model becomes the packed words of an exploration. */

export const PHASE_OF_STAGE: readonly number[] = [
  PHASE.new,
  PHASE.queued,
  PHASE.ready,
  PHASE.running,
  PHASE.blocked,
  PHASE.completed,
  PHASE.killed,
  PHASE.throttled,
];

/** The states of a disk, by `TRANSFER`. */
export const DISK_OF_TRANSFER: readonly number[] = [DISK.idle, DISK.out, DISK.in, DISK.dying];

/** The states of a machine's chart, by `PRESENCE`. */
export const AVAILABILITY_OF_PRESENCE: readonly number[] = [
  AVAILABILITY.up,
  AVAILABILITY.draining,
  AVAILABILITY.down,
  AVAILABILITY.absent,
];

/** The stages by phase; the phases that last only within a step have none. */
const STAGE_OF_PHASE: readonly (number | undefined)[] = Object.values(PHASE).map((phase) => {
  const stage = PHASE_OF_STAGE.indexOf(phase);
  return stage < 0 ? undefined : stage;
});

/** The stage of a phase that lasts longer than a step. */
export function stageOfPhase(phase: number): number {
  return STAGE_OF_PHASE[phase]!;
}

const TRANSFER_OF_DISK = inverse(DISK_OF_TRANSFER);
const PRESENCE_OF_AVAILABILITY = inverse(AVAILABILITY_OF_PRESENCE);

function inverse(numbers: readonly number[]): readonly number[] {
  return numbers.map((_, number) => numbers.indexOf(number));
}

/** Whether a state can be packed: nobody awaits anything, and every figure is one of the instance. */
export function canBePacked({ byPhase, invocations, machines }: State, packing: Packing): boolean {
  return (
    invocationTable.withinAStep.every((phase) => byPhase[phase]!.length === 0) &&
    everybody(invocations).every((i) => packing.holdsPast(i.degraded, i.attempt, i.cpuMs, i.mbMs)) &&
    machines.every(({ entry }) => entry === null || packing.holdsEntry(entry.available, entry.functions))
  );
}

/**
 * Packs a quiet state.
 *
 * @param count how many invocations there are in the instance.
 * @param stageOfTheRest the stage of one that does not live: unused, or how it has ended.
 * @param faults how many there were so far.
 */
export function packState(
  state: State,
  packing: Packing,
  count: number,
  stageOfTheRest: (id: number) => number,
  faults: SnapshotFaults,
  words: Int32Array,
): void {
  for (let id = 0; id < count; id++) {
    const from = invocationOf(state.invocations, id);
    words[id] =
      from === undefined
        ? packing.wordOf(stageOfTheRest(id), 0, -1, 0, 0, 0, -1, 0)
        : wordOf(state, packing, from);
  }
  for (const { queues } of state.shards) {
    for (const { items, head } of queues) {
      for (let at = head; at < items.length; at++) words[items[at]!.id]! |= packing.placed(at - head);
    }
  }
  for (const machine of state.machines) {
    const { id, live, entry, disk, transferOwner, transferMb } = machine;
    for (let at = 0; at < live.length; at++) words[live[at]!.id]! |= packing.placed(at);
    const presence = PRESENCE_OF_AVAILABILITY[machine.availability]!;
    words[count + id] =
      (entry === null
        ? packing.wordOfMachine(-1, 0, 0)
        : packing.wordOfMachine(entry.shard, entry.available, entry.functions)) |
      packing.pressed(
        // What held the RAM of a machine that is down is forgotten when it joins again.
        presence > PRESENCE.draining ? 0 : machine.antagonist,
        TRANSFER_OF_DISK[disk]!,
        transferOwner === null ? -1 : transferOwner.id,
        transferMb,
      ) |
      packing.present(presence);
  }
  if (packing.past >= 0) packPasts(state, packing, count, words);
  if (packing.cluster >= 0) {
    for (let at = count + state.machines.length; at < packing.machineEnd; at++)
      words[at] = packing.absentMachine;
    words[packing.cluster] = wordOfCluster(state, packing, admits(state, count, stageOfTheRest), faults);
  }
}

/** Whether a root may still come, which a budget would admit or not. */
function admits(state: State, count: number, stageOfTheRest: (id: number) => number): boolean {
  const last = count - 1;
  return liveOne(state, last) === undefined && stageOfTheRest(last) === STAGE.unused;
}

/** Before the first state is loaded, those that are not used yet are there, and new. */
function liveOne({ invocations }: State, id: number): Invocation | undefined {
  const found = invocationOf(invocations, id);
  return found?.phase === PHASE.new ? undefined : found;
}

/** Once all ids are used nothing depends on the budget any more, so it is as at the beginning of a period. */
function wordOfCluster(state: State, packing: Packing, admitsMore: boolean, faults: SnapshotFaults): number {
  const { budget, period } = state.tenants[0]!;
  if (budget === null || !admitsMore) return packing.wordOfCluster(0, 0, faults);
  const { spent } = settleTenant(state, 0);
  return packing.wordOfCluster(state.now % period, Math.min(spent, budget), faults);
}

function packPasts(state: State, packing: Packing, count: number, words: Int32Array): void {
  for (let id = 0; id < count; id++) {
    const from = liveOne(state, id);
    words[packing.past + id] = from === undefined ? 0 : wordOfPast(state, packing, from);
  }
}

function wordOfPast(state: State, packing: Packing, from: Invocation): number {
  const degraded = from.degraded ? 1 : 0;
  if (!packing.isMetered || from.machine === null) return packing.wordOfPast(degraded, from.attempt, 0, 0);
  meter(state, from);
  return packing.wordOfPast(degraded, from.attempt, from.cpuMs, from.mbMs);
}

function wordOf({ now }: State, packing: Packing, from: Invocation): number {
  const { phase, class: priceClass, machine, demand, resident, caller } = from;
  const stage = stageOfPhase(phase);
  const callerId = caller === null ? -1 : caller.id;
  if (machine !== null) {
    return (
      packing.wordOf(
        stage,
        priceClass,
        machine.id,
        0,
        demand,
        resident,
        callerId,
        packing.keepsShard ? from.shard : 0,
      ) | packing.asking(from.fresh)
    );
  }
  return packing.wordOf(stage, priceClass, -1, now - from.enqueuedAt, demand, resident, callerId, from.shard);
}
