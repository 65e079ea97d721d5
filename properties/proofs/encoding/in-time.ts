import {
  and,
  atMost,
  type Bool,
  greaterOf,
  type Int,
  int,
  intVariable,
  lessThan,
  minus,
  moreThan,
  not,
  plus,
  smallerOf,
} from '../terms/term.ts';
import { type Host, isRunning, type Resident } from './entities.ts';

/**
 * The rules of a machine whose disk takes time, as terms, where they differ from those of one that moves a page at once.
 * Where these speak of what one has in RAM, the walk that finds a will-run set reads what it keeps ({@link RulesInTime.kept}).
 */
export interface RulesInTime {
  /** What the disk will leave of one in RAM: of what stays there, and a chunk on its way in or out. */
  kept(stays: Int, incoming: Int, outgoing: Int): Int;
  /** The swap that demands may count on. */
  counted(swap: Int, reserve: Int): Int;
  /** Whether the demand of one is more than its machine could ever hold. */
  exceeds(demand: Int, host: Host, reserve: Int): Bool;
  /** Whether the demands of all are more than their machine holds. */
  isOverfull(demand: Int, host: Host, reserve: Int): Bool;
  /** What one of the will-run set may have of the RAM that is free. */
  share(held: Int, lackAbove: Int, host: Host): Int;
  mayAllocate(isMember: Bool, memory: Int, share: Int): Bool;
  mayPageIn(isMember: Bool, isBest: Bool, memory: Int, share: Int): Bool;
  mayPageOut(one: Resident, occasion: TransferOut): Bool;
  /** Whether a core may be lent to one that could run and is wholly in RAM. */
  mayBorrow(isMember: Bool, isVictim: Bool): Bool;
  /** Whether there is a core to lend, beside those that are ready and those that were lent. */
  coreToLend(ready: Int, lent: Int, cores: Int): Bool;
}

/** What a page-out is permitted by, beside its owner. */
export interface TransferOut {
  readonly isMember: Bool;
  readonly memory: Int;
  /** What is kept, and what the will-run set lacks, less RAM′. */
  readonly over: Int;
  /** Whether somebody outside the will-run set who gives its RAM first holds any. */
  readonly isPreceded: Bool;
  /** Whether a page-in is permitted. */
  readonly comesIn: Bool;
  /** Swap that holds nothing. */
  readonly free: Int;
  /** The most that one transfer moves. */
  readonly chunk: Int;
}

export const RESERVE = intVariable('reserve');

export const XX_IN_TIME: RulesInTime = {
  kept: (stays, incoming) => plus(stays, incoming),
  counted: (swap, reserve) => greaterOf(minus(swap, reserve), int(0)),
  exceeds: (demand, { ram, usable, swap }, reserve) =>
    moreThan(demand, smallerOf(ram, plus(usable, XX_IN_TIME.counted(swap, reserve)))),
  isOverfull: (demand, { usable, swap }, reserve) =>
    moreThan(demand, plus(usable, XX_IN_TIME.counted(swap, reserve))),
  share: (held, lackAbove, { usable }) => minus(greaterOf(minus(usable, held), int(0)), lackAbove),
  mayAllocate: (isMember, memory, share) => and(isMember, atMost(memory, share)),
  mayPageIn: (isMember, isBest, memory, share) => and(isMember, isBest, atMost(memory, share)),
  mayPageOut: (one, { isMember, memory, over, isPreceded, comesIn, free, chunk }) =>
    and(
      atMost(memory, over),
      not(isMember),
      not(isRunning(one)),
      not(isPreceded),
      not(comesIn),
      atMost(memory, free),
      atMost(memory, chunk),
    ),
  mayBorrow: (isMember, isVictim) => and(not(isMember), not(isVictim)),
  coreToLend: (ready, lent, cores) => lessThan(plus(ready, lent), cores),
};
