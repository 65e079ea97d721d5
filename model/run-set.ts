import { type Invocation, isWhole, type Machine, swappedOf, usableRam } from './entities.ts';
import type { State } from './state.ts';
import { DISK } from './table.ts';
import { couldRun, overCommit, ranksBelow, willRunSet } from './will-run.ts';

/**
 * Who runs on a machine while its memory is on its way (paper section 3.2, "Machine Scheduler", where paging takes
 * time). Paging decides nothing: who *will* run is settled by demands and ranks, and transfers only carry it out.
 */

/**
 * Run(m), the best first: those of the will-run set that are wholly in RAM, and fillers on the cores that are left. Where
 * a page moves at once it is the will-run set.
 */
export function runSet({ config }: State, machine: Machine): readonly Invocation[] {
  const willRun = willRunSet(machine);
  if (config.paging === undefined) return willRun;
  const run = willRun.filter(isWhole);
  const cores = machine.cores - run.length;
  return cores === 0 ? run : [...run, ...fillers(machine).slice(0, cores)];
}

/** Whether an invocation that lives on a machine is in Run(m). */
export function isInRunSet(state: State, machine: Machine, invocation: Invocation): boolean {
  if (state.config.paging !== undefined) return runSet(state, machine).includes(invocation);
  willRunSet(machine);
  return invocation.willRun;
}

/**
 * Those that may have a core on loan from one of the will-run set that waits for its memory, the best first: outside of
 * it, not blocked, wholly in RAM, and no victim.
 */
function fillers(machine: Machine): Invocation[] {
  const candidates = machine.live.filter((one) => !one.willRun && couldRun(one) && isWhole(one));
  if (candidates.length === 0) return candidates;
  const victims = victimsOf(machine);
  return candidates
    .filter((one) => !victims.includes(one))
    .sort((one, other) => (ranksBelow(machine, one, other) ? 1 : -1));
}

/** The page-out order: those outside the will-run set that have RAM to give, whoever goes first first. */
export function pageOutOrder(machine: Machine): Invocation[] {
  willRunSet(machine);
  return machine.live
    .filter((one) => !one.willRun && one.resident > 0)
    .sort((one, other) => (goesBefore(machine, one, other) ? -1 : 1));
}

/** First go those that are larger than RAM′ and cannot run now anyway, then the rest; the lowest first in either. */
export function goesBefore(machine: Machine, one: Invocation, other: Invocation): boolean {
  const ram = usableRam(machine);
  const isOversized = one.demand > ram;
  return isOversized === other.demand > ram ? ranksBelow(machine, one, other) : isOversized;
}

/** Those whose RAM is needed: the shortest head of the page-out order that has what is over-committed. */
export function victimsOf(machine: Machine): Invocation[] {
  let over = overCommit(machine);
  const victims: Invocation[] = [];
  if (over <= 0) return victims;
  for (const one of pageOutOrder(machine)) {
    victims.push(one);
    over -= one.resident;
    if (over <= 0) break;
  }
  return victims;
}

/**
 * Φ(m): what the disk of a machine still has to move before it is at rest, in MB, if nothing else happens: what is
 * over-committed, and what of the will-run set is in swap, or on its way there. Every transfer that is begun makes it less.
 */
export function pagingLeft(machine: Machine): number {
  let left = Math.max(0, overCommit(machine));
  for (const one of willRunSet(machine)) {
    left += swappedOf(one);
    if (machine.disk === DISK.out) left += one.inFlight;
  }
  return left;
}
