import type { Invocation } from '../entities.ts';
import type { State } from '../state.ts';
import { DISK, invocationTable, PHASE } from '../table.ts';
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

/** The stages by phase; the phases that last only within a step have none. */
const STAGE_OF_PHASE: readonly (number | undefined)[] = Object.values(PHASE).map((phase) => {
  const stage = PHASE_OF_STAGE.indexOf(phase);
  return stage < 0 ? undefined : stage;
});

/** The stage of a phase that lasts longer than a step. */
export function stageOfPhase(phase: number): number {
  return STAGE_OF_PHASE[phase]!;
}

/** Whether a state can be packed: nobody awaits anything, and every figure is one of the instance. */
export function canBePacked({ byPhase, invocations, machines }: State, packing: Packing): boolean {
  return (
    invocationTable.withinAStep.every((phase) => byPhase[phase]!.length === 0) &&
    everybody(invocations).every(({ degraded }) => !degraded) &&
    machines.every(({ entry }) => entry === null || packing.holdsEntry(entry.available, entry.functions))
  );
}

/**
 * Packs a quiet state.
 *
 * @param count how many invocations there are in the instance.
 * @param stageOfTheRest the stage of one that does not live: unused, or how it has ended.
 */
export function packState(
  state: State,
  packing: Packing,
  count: number,
  stageOfTheRest: (id: number) => number,
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
  for (const { id, live, entry, antagonist, disk, transferOwner, transferMb } of state.machines) {
    for (let at = 0; at < live.length; at++) words[live[at]!.id]! |= packing.placed(at);
    words[count + id] =
      (entry === null
        ? packing.wordOfMachine(-1, 0, 0)
        : packing.wordOfMachine(entry.shard, entry.available, entry.functions)) |
      packing.pressed(
        antagonist,
        DISK_OF_TRANSFER.indexOf(disk),
        transferOwner === null ? -1 : transferOwner.id,
        transferMb,
      );
  }
}

function wordOf({ now }: State, packing: Packing, from: Invocation): number {
  const { phase, class: priceClass, machine, demand, resident, caller } = from;
  const stage = stageOfPhase(phase);
  const callerId = caller === null ? -1 : caller.id;
  if (machine !== null) {
    return (
      packing.wordOf(stage, priceClass, machine.id, 0, demand, resident, callerId, 0) |
      packing.asking(from.fresh)
    );
  }
  return packing.wordOf(stage, priceClass, -1, now - from.enqueuedAt, demand, resident, callerId, from.shard);
}
