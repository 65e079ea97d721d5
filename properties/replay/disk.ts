import { type Invocation, isWhole, type Machine, ramHeld } from '../../model/entities.ts';
import { DISK, PHASE } from '../../model/table.ts';
import { willRunSet } from '../../model/will-run.ts';

/** What a replay shows of paging that takes time, and nothing of where a page moves at once. */

/** A chunk in flight on the disk of a machine, where paging takes time. */
export interface TransferThen {
  /** Whose it is; null where its owner was killed. */
  readonly id: number | null;
  readonly way: 'out' | 'in' | 'dying';
  readonly mb: number;
}

/** What is in flight on a machine; null where nothing is. */
export function transferOf({ disk, transferOwner, transferMb }: Machine): TransferThen | null {
  if (disk === DISK.idle) return null;
  const way = transferOwner === null ? 'dying' : disk === DISK.in ? 'in' : 'out';
  return { id: transferOwner?.id ?? null, way, mb: transferMb };
}

/** What a disk does now, in words. */
export function diskWords(machine: Machine): string {
  const transfer = transferOf(machine);
  if (transfer === null) return 'nothing in flight';
  const { id, way, mb } = transfer;
  if (way === 'dying') return `✗ ${mb} MB of one that was killed`;
  return way === 'in' ? `↓ ${mb} MB of ${id} to RAM` : `↑ ${mb} MB of ${id} to swap`;
}

/** What the antagonist has of the RAM of a machine, in MB: where paging takes time, no more than nobody else holds. */
export function takenByOthers(machine: Machine, inTime: boolean): number {
  const { antagonist, ram } = machine;
  return Math.min(antagonist, inTime ? Math.max(0, ram - ramHeld(machine)) : ram);
}

/** Whether one is to run, and waits for memory that is not there yet. */
export function isStalled(invocation: Invocation): boolean {
  return invocation.phase === PHASE.ready && !isWhole(invocation) && isToRun(invocation);
}

/** Whether one runs on a core on loan from one that waits for its memory. */
export function isLentACore(invocation: Invocation): boolean {
  return invocation.phase === PHASE.running && !isToRun(invocation);
}

function isToRun(invocation: Invocation): boolean {
  willRunSet(invocation.machine!);
  return invocation.willRun;
}
