import type { Context } from './context.ts';
import { settleInTime } from './paging.ts';
import type { Disk, Invocation, Machine, XXState } from './state.ts';
import { abandon, endTransfer, forgetTransfer } from './transfer.ts';

/**
 * What carries out paging that takes time. It is no decision of the paper, so it is no policy; but somebody else could
 * carry it out in another way, or wrongly.
 */
export interface Pager {
  /** Brings the memory of a machine where it must be, as far as that goes now, and lets those run that may. */
  settle(xx: Context, state: XXState, machine: Machine, disk: Disk): void;
  /** The chunk of a machine has arrived. */
  end(xx: Context, state: XXState, machineId: number): void;
  /** An invocation leaves its machine, whatever of it is in flight. */
  abandon(disk: Disk, invocation: Invocation, slot: number): void;
  /** A machine is down, and its disk with it. */
  forget(disk: Disk): void;
}

export const referencePager: Pager = {
  settle: settleInTime,
  end: endTransfer,
  abandon,
  forget: forgetTransfer,
};
