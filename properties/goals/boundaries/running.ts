import type { Stimulus } from '../../../model/alphabet.ts';
import { isBlocked, keptBy, type Machine, usableRam } from '../../../model/entities.ts';
import { PHASE } from '../../../model/table.ts';
import { AT, count } from './table.ts';

/** Boundaries of section 3.2: who runs on a machine, and who just does not. */

/** A machine in a quiet state. */
export function quietRunning(
  machine: Machine,
  stimulus: Stimulus,
  shrinks: boolean,
  counts: Uint32Array,
): void {
  const { live, cores, running } = machine;
  if (live.length < cores - 1) return;
  let runnable = 0;
  let highestWaiting = -1;
  let lowestRunning = Number.POSITIVE_INFINITY;
  for (const { phase, class: its } of live) {
    if (phase === PHASE.running) {
      runnable++;
      if (its < lowestRunning) lowestRunning = its;
    } else if (phase === PHASE.ready) {
      runnable++;
      if (its > highestWaiting) highestWaiting = its;
    }
  }
  count(counts, AT['runnable-against-cores'], runnable - cores);
  if (highestWaiting < 0 || running === 0) return;
  count(counts, AT['waiting-against-running-class'], highestWaiting - lowestRunning);
  if (machine.demand > usableRam(machine) - 2) {
    rooms(machine, shrinks && stimulus.type === 'resize' && cores > 1 && hasThreeClasses(machine), counts);
  }
}

function hasThreeClasses({ live }: Machine): boolean {
  const one = live[0]!.class;
  const other = live.find((each) => each.class !== one)?.class;
  return other !== undefined && live.some((each) => each.class !== one && each.class !== other);
}

/** The walk through the will-run set (semantics of section 4), with what it finds left at each step. */
function rooms(machine: Machine, afterShrink: boolean, counts: Uint32Array): void {
  const { live, cores } = machine;
  const ram = usableRam(machine);
  let left = ram;
  let taken = 0;
  let held = 0;
  for (let price = highest(live); price >= 0; price--) {
    let heldByThis = 0;
    for (const invocation of live) {
      if (invocation.class !== price) continue;
      const { demand, willRun } = invocation;
      if (!isBlocked(invocation) && taken < cores && taken > 0) {
        const off = demand - left;
        count(counts, AT['demand-against-room'], off);
        if (held > 0) count(counts, AT['demand-against-room-held-by-others'], off);
        if (afterShrink) count(counts, AT['demand-against-room-after-shrink'], off);
      }
      if (willRun) {
        taken++;
        left -= demand;
      } else if (demand <= ram) heldByThis += keptBy(invocation);
    }
    left -= heldByThis;
    held += heldByThis;
  }
}

function highest(live: Machine['live']): number {
  let most = 0;
  for (const { class: its } of live) if (its > most) most = its;
  return most;
}
