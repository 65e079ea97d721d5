import { type Invocation, isWhole, type Machine, roomIn, swappedOf } from '../entities.ts';
import type { State } from '../state.ts';
import { DISK } from '../table.ts';
import { lackOf, overCommit, willRunSet } from '../will-run.ts';
import { memoryOf, portrait } from '../words.ts';
import type { MachineObligation, Permission } from './rule.ts';

/** What a machine owes where paging takes time: RAM to those that will run, and a disk that works for them. */

/**
 * share(i): what one of the will-run set may have of the free RAM without taking it from those above it, in MB; below 1,
 * nothing.
 */
export function share(machine: Machine, invocation: Invocation): number {
  let left = roomIn(machine);
  for (const better of willRunSet(machine)) {
    if (better === invocation) break;
    left -= lackOf(better);
  }
  return left;
}

/** Whom RAM must be given before anything else happens on a machine: the highest that may have any; null: nobody. */
export function owedGrant(machine: Machine): Invocation | null {
  if (machine.fresh === 0) return null;
  let left = roomIn(machine);
  for (const invocation of willRunSet(machine)) {
    if (left < 1) return null;
    if (invocation.fresh > 0) return invocation;
    left -= lackOf(invocation);
  }
  return null;
}

/** For whom a transfer may bring memory back: the highest of the will-run set that has any in swap; null: nobody has. */
export function nextToPageIn(machine: Machine): Invocation | null {
  for (const invocation of willRunSet(machine)) if (swappedOf(invocation) > 0) return invocation;
  return null;
}

/** Whether nothing is left for the disk of a machine to do. */
export function isAtRest(machine: Machine): boolean {
  return willRunSet(machine).every(isWhole) && overCommit(machine) <= 0;
}

export const grantToRun: Permission & MachineObligation = {
  id: 'grant-to-run',
  sentence:
    'Where paging takes time, RAM that is free is given at once to those of the will-run set that have asked for it, as far as nobody above them lacks it, and to nobody else.',
  section: '3.2',
  inTime: true,
  premise: 'somebody has asked for memory that is nowhere yet',
  formula: {
    allocate: ['i ∈ W(m)', 'share(i) ≥ memory'],
  },
  permits(_state, { invocation, decision }) {
    const machine = invocation!.machine!;
    willRunSet(machine);
    return (
      decision.type === 'allocate' && invocation!.willRun && share(machine, invocation!) >= decision.memory
    );
  },
  objection(state, { invocation, machine, decision }) {
    if (decision.type !== 'allocate') {
      return `first ${this.breach(state, machine!) ?? 'RAM that is free must be given out'}`;
    }
    if (!invocation!.willRun) {
      return `${portrait(state, invocation!)} is not in the will-run set of ${memoryOf(machine!)}`;
    }
    return `${decision.memory} MB is more than the ${Math.max(0, share(machine!, invocation!))} MB that those above ${portrait(state, invocation!)} leave free on ${memoryOf(machine!)}`;
  },
  applies: (_state, machine) => machine.fresh > 0,
  breach(state, machine) {
    const owed = owedGrant(machine);
    if (owed === null) return null;
    return `${portrait(state, owed)} must be given ${Math.min(owed.fresh, share(machine, owed))} MB that is free on ${memoryOf(machine)}`;
  },
};

export const diskWorks: MachineObligation = {
  id: 'disk-works',
  sentence:
    'Where paging takes time, a machine with nothing in flight is at rest: RAM is not over-committed, and all of the will-run set is wholly in RAM.',
  section: '3.2',
  inTime: true,
  premise: 'a machine that has nothing in flight has memory that is not in RAM, or more in RAM than it may',
  applies: ({ config }, machine) =>
    config.paging !== undefined &&
    machine.disk === DISK.idle &&
    (machine.resident < machine.demand || overCommit(machine) > 0),
  breach(state, machine) {
    if (state.config.paging === undefined || machine.disk !== DISK.idle || isAtRest(machine)) return null;
    const waiting = willRunSet(machine).find((one) => !isWhole(one));
    if (waiting !== undefined) {
      return `${portrait(state, waiting)} will run and waits for its memory, and nothing is in flight on ${memoryOf(machine)}`;
    }
    return `${overCommit(machine)} MB must go to swap, and nothing is in flight on ${memoryOf(machine)}`;
  },
};

/** The most that one transfer may move, in MB. */
export function chunkOf({ config }: State): number {
  return config.paging?.chunk ?? Number.MAX_SAFE_INTEGER;
}
