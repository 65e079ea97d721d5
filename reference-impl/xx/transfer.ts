import { type Context, touch, unsettle } from './context.ts';
import { setResident } from './meter.ts';
import { type Disk, type Invocation, NONE, type XXState } from './state.ts';

/** The disk of a machine, where paging takes time: what it moves, and memory that is asked for and nowhere yet. */

/** An invocation asks for memory that it has not. */
export function askFor(disk: Disk, invocation: Invocation, mb: number): void {
  invocation.fresh += mb;
  disk.freshMb += mb;
}

/** The chunk of a machine has arrived. */
export function endTransfer(xx: Context, state: XXState, machineId: number): void {
  const machine = state.machines[machineId]!;
  const disk = machine.disk!;
  if (disk.owner !== NONE) {
    const owner = state.invocations[disk.owner]!;
    if (disk.transfer === 'out') setResident(xx, state, machine, owner, owner.resident - owner.outgoing);
    owner.incoming = 0;
    owner.outgoing = 0;
  }
  forgetTransfer(disk);
  unsettle(xx, machineId);
  touch(xx, machineId);
}

/** An invocation leaves its machine: it asks for nothing more, and a chunk of it in flight goes on, for nobody. */
export function abandon(disk: Disk, invocation: Invocation, slot: number): void {
  disk.freshMb -= invocation.fresh;
  invocation.fresh = 0;
  if (disk.owner !== slot) return;
  invocation.incoming = 0;
  invocation.outgoing = 0;
  disk.transfer = 'dying';
  disk.owner = NONE;
}

/** A machine holds nothing for its disk any more. */
export function forgetTransfer(disk: Disk): void {
  disk.transfer = 'none';
  disk.owner = NONE;
  disk.mb = 0;
}
