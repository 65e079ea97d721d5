import { type Machine, ramHeld } from '../../../model/entities.ts';
import { pagingLeft } from '../../../model/run-set.ts';
import { diskTable } from '../../../model/table.ts';
import { takenByOthers } from '../../../properties/replay/disk.ts';
import type { PlayedFilm } from './film.ts';
import type { Transfer } from './transfers.ts';

/** What a disk moves, in words: as the time line draws it, for whoever reads or listens. */

/** Which way a transfer goes. */
const WAYS = { out: 'from RAM to swap', in: 'from swap to RAM' } as const;

/** What becomes of transfers in a step, a sentence each. */
export function transfersIn(film: PlayedFilm, step: number): string[] {
  const concerned = film.transfers?.concernedIn(step) ?? [];
  return concerned.map((transfer) => `${happeningTo(transfer, step)}: ${sentence(film, transfer)}`);
}

function happeningTo({ from, to, isLost, nobodysFrom }: Transfer, step: number): string {
  if (from === step) return nobodysFrom === step ? 'Begins, and its owner is killed' : 'Begins';
  if (to === step) return isLost ? 'Lost with its machine' : 'Ends';
  return 'Its owner is killed, and it goes on for nobody';
}

/** `2 MB of invocation 3 from RAM to swap on machine 0, in flight from step 4 (1 ms) to step 7 (3 ms)`. */
function sentence(film: PlayedFilm, transfer: Transfer): string {
  const { id, machine, mb, way, from, to } = transfer;
  const began = `in flight from step ${from} (${timeOf(film, from)} ms)`;
  const ends = to > film.recorded.length ? 'on' : `to step ${to} (${timeOf(film, to)} ms)`;
  return `${mb} MB of invocation ${id} ${WAYS[way]} on machine ${machine}, ${began} ${ends}.`;
}

function timeOf({ recorded }: PlayedFilm, step: number): number {
  return recorded[step - 1]!.timed.at;
}

/** The name of the state of a disk, as its chart has it. */
export function diskState({ disk }: Machine): string {
  return diskTable.states[disk]!;
}

/** What is still to be moved until everybody who is to run has its memory; null where nothing is. */
export function leftWords(machine: Machine): string | null {
  const left = pagingLeft(machine);
  return left === 0 ? null : `${left} MB still to be moved, if nothing else happens`;
}

/** What invocations and the antagonist have of the RAM of a machine whose paging takes time. */
export function ramWords(machine: Machine): string {
  const { ram, antagonist, transferMb } = machine;
  const held = ramHeld(machine);
  const taken = takenByOthers(machine, true);
  return [
    `${held + taken} of ${ram} MB`,
    ...(transferMb > 0 ? [`${transferMb} of them in flight`] : []),
    ...(taken > 0 ? [`${taken} an antagonist's`] : []),
    ...(taken < Math.min(antagonist, ram)
      ? [`${taken > 0 ? 'which' : 'an antagonist'} wants ${antagonist}`]
      : []),
  ].join(', ');
}
