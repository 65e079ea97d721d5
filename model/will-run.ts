import { empty } from './arrays.ts';
import { type Invocation, isBlocked, keptBy, type Machine, usableRam } from './entities.ts';
import { DISK, PHASE } from './table.ts';

/**
 * W(m): who will run on a machine, in rank order (paper section 3.2, "Machine Scheduler").
 *
 * From the highest rank down, each that is not blocked is taken if its demand fits into the RAM that is neither taken
 * yet nor kept by one of a higher class that was passed over: what it has in RAM, or will have once the disk is done. So a large function that does not fit is passed over and
 * a lower one may run in the room that is left, but never in room taken from a higher class. One whose demand exceeds
 * RAM′ cannot run now anyway, and its memory protects nobody.
 *
 * The result is kept on the machine until something that it depends on changes (`willRunKnown`), and marks its
 * members (`willRun`).
 */
export function willRunSet(machine: Machine): readonly Invocation[] {
  if (machine.willRunKnown) return machine.willRun;
  const taken = machine.willRun;
  empty(taken);
  const ram = usableRam(machine);
  let room = ram;
  for (let priceClass = highestClass(machine); priceClass >= 0; priceClass--) {
    let heldByThisClass = 0;
    for (const invocation of machine.live) {
      if (invocation.class !== priceClass) continue;
      const fits = invocation.demand <= room && taken.length < machine.cores && couldRun(invocation);
      invocation.willRun = fits;
      if (fits) {
        taken.push(invocation);
        room -= invocation.demand;
      } else if (invocation.demand <= ram) {
        heldByThisClass += keptBy(invocation);
      }
    }
    room -= heldByThisClass;
  }
  machine.willRunKnown = true;
  return taken;
}

/** Nobody who waits, and nobody who has returned: that one is about to be billed, and needs its core no more. */
export function couldRun(invocation: Invocation): boolean {
  return !isBlocked(invocation) && invocation.phase !== PHASE.finishing;
}

function highestClass(machine: Machine): number {
  let highest = -1;
  for (const invocation of machine.live) if (invocation.class > highest) highest = invocation.class;
  return highest;
}

/** What one will still lack in RAM when the disk is done, in MB. */
export function lackOf(invocation: Invocation): number {
  return invocation.demand - keptBy(invocation);
}

/**
 * By how many MB a machine's RAM is over-committed: what is kept there, and what W(m) lacks, beyond RAM′.
 */
export function overCommit(machine: Machine): number {
  let kept = machine.resident;
  if (machine.disk === DISK.in && machine.transferOwner !== null) kept += machine.transferMb;
  let lack = 0;
  for (const invocation of willRunSet(machine)) lack += lackOf(invocation);
  return kept + lack - usableRam(machine);
}

/** Whether `one` ranks below `other` on their machine: lower class, then blocked, then arrived later. */
export function ranksBelow(machine: Machine, one: Invocation, other: Invocation): boolean {
  if (one.class !== other.class) return one.class < other.class;
  if (isBlocked(one) !== isBlocked(other)) return isBlocked(one);
  return machine.live.indexOf(one) > machine.live.indexOf(other);
}

/** The lowest by rank of those on a machine that `counts` picks, or null. */
export function lowestOf(machine: Machine, counts: (invocation: Invocation) => boolean): Invocation | null {
  let lowest: Invocation | null = null;
  for (const invocation of machine.live) {
    if (!counts(invocation)) continue;
    if (lowest === null || !ranksAbove(invocation, lowest)) lowest = invocation;
  }
  return lowest;
}

/** Whether `one`, which arrived later than `other`, ranks above it all the same. */
function ranksAbove(one: Invocation, other: Invocation): boolean {
  if (one.class !== other.class) return one.class > other.class;
  return isBlocked(other) && !isBlocked(one);
}
