import type { Machine } from '../../../model/entities.ts';
import { countedSwap, ramHeld, swapHeld, usableRam } from '../../../model/entities.ts';
import { chunkOf, isAtRest, nextToPageIn, share } from '../../../model/rules/paging.ts';
import { DISK } from '../../../model/table.ts';
import { willRunSet } from '../../../model/will-run.ts';
import type { Observer } from '../watch.ts';
import { decided, named, onSomeMachine } from './parts.ts';

/** What is seen of a disk that takes its time. */

/** A machine that is not at rest, with nothing in flight, and with neither RAM nor swap for anything to move into. */
export const fullOnBothSides: Observer =
  () =>
  ({ state }) =>
    onSomeMachine(state, (machine) => {
      if (!standsStill(machine) || freeSwap(machine) > 0 || freeRam(machine) > 0) return null;
      return `nothing is in flight on machine ${machine.id}, and nothing can be: ${usableRam(machine)} MB of RAM and ${machine.swap} MB of swap are full, and ${waiting(machine)}`;
    });

/** The same where there is some room, but on neither side as much as a chunk. */
export const noRoomForAChunk: Observer =
  () =>
  ({ state }) =>
    onSomeMachine(state, (machine) => {
      const chunkMb = chunkOf(state);
      const [inRam, inSwap] = [freeRam(machine), freeSwap(machine)];
      const couldHoldOne = chunkMb <= usableRam(machine) && chunkMb <= machine.swap;
      if (!couldHoldOne || !standsStill(machine)) return null;
      if (inRam + inSwap < 1 || inRam >= chunkMb || inSwap >= chunkMb) return null;
      return `nothing is in flight on machine ${machine.id}, and no chunk of ${chunkMb} MB can be: ${inRam} MB of RAM and ${inSwap} MB of swap are free, and ${waiting(machine)}`;
    });

/** One that is killed for memory, and would have fitted: what another has left behind is still on its way. */
export const killedForADyingChunk: Observer = () => (look) => {
  const { state, before } = look;
  const last = decided(look, 'kill').at(-1);
  const was = last === undefined ? undefined : before.get(last.id);
  if (last?.reason !== 'memory' || was === undefined) return null;
  const placed = decided(look, 'place').find(({ id }) => id === last.id);
  const machine = state.machines[was.machine ?? placed?.machine ?? -1];
  if (machine?.disk !== DISK.dying) return null;
  const demand = was.machine === null ? state.config.initialMemory : was.demand;
  if (machine.demand + demand > usableRam(machine) + countedSwap(machine)) return null;
  return `${named(state, { id: last.id, class: was.class })} of ${demand} MB is killed on machine ${machine.id}, where it would fit beside ${machine.demand} MB: ${machine.transferMb} MB of one that was killed before are still in flight`;
};

/** The disk makes room for a lesser one while the memory of a better one, which has room, waits in swap. */
export const roomBeforeTheBetter: Observer = () => (look) => {
  const { state } = look;
  const setOut = new Set(decided(look, 'pageOut').map(({ id }) => id));
  return onSomeMachine(state, (machine) => {
    if (machine.disk !== DISK.out || machine.transferOwner === null) return null;
    if (!setOut.has(machine.transferOwner.id)) return null;
    const better = nextToPageIn(machine);
    if (better === null || share(machine, better) < 1) return null;
    return `the disk of machine ${machine.id} moves ${machine.transferMb} MB of ${machine.transferOwner.id} out, while ${named(state, better)}, which is to run and has room for ${share(machine, better)} MB, waits for what it has in swap`;
  });
};

function standsStill(machine: Machine): boolean {
  return machine.disk === DISK.idle && !isAtRest(machine);
}

function freeSwap(machine: Machine): number {
  return machine.swap - swapHeld(machine);
}

function freeRam(machine: Machine): number {
  return usableRam(machine) - ramHeld(machine);
}

/** Who is to run, and does not. */
function waiting(machine: Machine): string {
  const lacking = willRunSet(machine).filter(({ resident, demand }) => resident < demand);
  return lacking.length === 0
    ? 'more is in RAM than may be'
    : `${lacking.map(({ id }) => id).join(', ')}, which ${lacking.length === 1 ? 'is' : 'are'} to run, will never have ${lacking.length === 1 ? 'its' : 'their'} memory`;
}
