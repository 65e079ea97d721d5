import { type Invocation, type Machine, usableRam } from '../entities.ts';
import { PHASE, PRESSURE } from '../table.ts';
import { lowestOf, overCommit, ranksBelow, willRunSet } from '../will-run.ts';
import { memoryOf, portrait } from '../words.ts';
import type { MachineObligation, Permission } from './rule.ts';

/** Memory: class-based swapping, and kills as the last resort (paper section 3.2, "Dispatcher"). */

/** The most that one invocation may demand on a machine: it must fit into its RAM, and into RAM′ plus swap. */
export function largestDemand(machine: Machine): number {
  return Math.min(machine.ram, usableRam(machine) + machine.swap);
}

/** Whether a kill is due: demands exceed RAM′ plus swap, or one of them could never run there. */
export function killIsDue(machine: Machine): boolean {
  const ram = usableRam(machine);
  if (machine.demand <= ram) return false;
  if (machine.demand > ram + machine.swap) return true;
  const most = largestDemand(machine);
  for (const invocation of machine.live) if (invocation.demand > most) return true;
  return false;
}

/** Whom a kill that is due must take, and why; null when none is due. */
export function killVictim(
  machine: Machine,
): { invocation: Invocation; reason: 'exceeds-machine' | 'memory' } | null {
  const most = largestDemand(machine);
  const tooLarge = lowestOf(machine, (invocation) => invocation.demand > most);
  if (tooLarge !== null) return { invocation: tooLarge, reason: 'exceeds-machine' };
  if (machine.demand <= usableRam(machine) + machine.swap) return null;
  const lowest = lowestOf(machine, () => true);
  return lowest === null ? null : { invocation: lowest, reason: 'memory' };
}

/**
 * Who outside the will-run set gives its RAM before `invocation` does, or null. First go those that are larger
 * than RAM′ and cannot run now anyway, then the rest; the lowest first in either.
 */
export function earlierVictim(machine: Machine, invocation: Invocation): Invocation | null {
  willRunSet(machine);
  const ram = usableRam(machine);
  const oversized = invocation.demand > ram;
  for (const other of machine.live) {
    if (other === invocation || other.willRun || other.resident === 0) continue;
    const otherOversized = other.demand > ram;
    const goesFirst = otherOversized === oversized ? ranksBelow(machine, other, invocation) : otherOversized;
    if (goesFirst) return other;
  }
  return null;
}

export const memoryBound: MachineObligation = {
  id: 'memory-bound',
  sentence: 'On every machine what is resident fits into RAM, and what is swapped out fits into swap.',
  section: '3.2',
  premise: 'the demands on a machine exceed the RAM that an antagonist leaves it',
  applies: (_state, machine) => machine.demand > usableRam(machine),
  breach(_state, machine) {
    const swapped = machine.demand - machine.resident;
    if (machine.resident > usableRam(machine)) {
      return `${memoryOf(machine)} holds ${machine.resident - usableRam(machine)} MB more than its RAM`;
    }
    if (swapped > machine.swap) {
      return `${memoryOf(machine)} holds ${swapped - machine.swap} MB more than its swap`;
    }
    return null;
  },
};

export const killIff: Permission & MachineObligation = {
  id: 'kill-iff',
  sentence:
    'An invocation is killed for memory if and only if demands exceed RAM plus swap, one alone or all together, and it is the lowest of those that count.',
  section: '3.2',
  premise: 'an invocation must be killed for memory',
  formula: {
    kill: [
      'i lives on m, and somebody there has d > min(RAM(m), RAM′(m) + swap(m)): i is the lowest of these, and reason = exceeds-machine',
      'i lives on m, and nobody there has: D(m) > RAM′(m) + swap(m), i is the lowest of all that live on m, and reason = memory',
    ],
  },
  permits(_state, { invocation, decision }) {
    const victim = killVictim(invocation!.machine!);
    return (
      victim !== null &&
      victim.invocation === invocation &&
      decision.type === 'kill' &&
      decision.reason === victim.reason
    );
  },
  objection(state, { invocation }) {
    const machine = invocation!.machine!;
    const victim = killVictim(machine);
    if (victim === null) return `no kill is due on ${memoryOf(machine)}`;
    return `on ${memoryOf(machine)} the one to kill is ${portrait(state, victim.invocation)} (${victim.reason})`;
  },
  applies: (_state, machine) => machine.pressure === PRESSURE.exhausted,
  breach(state, machine) {
    if (!killIsDue(machine)) return null;
    const victim = killVictim(machine)!;
    return `a kill is due on ${memoryOf(machine)}: ${portrait(state, victim.invocation)} (${victim.reason})`;
  },
};

export const pageOutLowest: Permission = {
  id: 'page-out-lowest',
  sentence:
    'Memory goes to swap only under pressure, only as much as is needed, and from the lowest outside the will-run set first.',
  section: '3.2',
  premise: 'memory goes to swap',
  formula: {
    pageOut: [
      'R(m) + lack(m) − RAM′(m) ≥ memory',
      'i ∉ W(m), and i does not run',
      'nobody else outside W(m) who holds RAM goes before i: first go those with d > RAM′(m), then the rest; the lowest first in either',
    ],
  },
  permits(_state, { invocation, decision }) {
    const machine = invocation!.machine!;
    return (
      decision.type === 'pageOut' &&
      overCommit(machine) >= decision.memory &&
      !invocation!.willRun &&
      invocation!.phase !== PHASE.running &&
      earlierVictim(machine, invocation!) === null
    );
  },
  objection(state, { invocation, decision }) {
    const machine = invocation!.machine!;
    const excess = overCommit(machine);
    const memory = decision.type === 'pageOut' ? decision.memory : 0;
    if (excess <= 0) return `there is no pressure on ${memoryOf(machine)}`;
    if (invocation!.willRun) return `${portrait(state, invocation!)} is in the will-run set`;
    if (invocation!.phase === PHASE.running) return `${portrait(state, invocation!)} runs`;
    let first = invocation!;
    for (let next = earlierVictim(machine, first); next !== null; next = earlierVictim(machine, next))
      first = next;
    if (first !== invocation) {
      return `${portrait(state, first)} on machine ${machine.id} holds RAM and goes first`;
    }
    return `${memory} MB is more than the ${excess} MB by which RAM is over-committed on ${memoryOf(machine)}`;
  },
};

export const pageInToRun: Permission = {
  id: 'page-in-to-run',
  sentence:
    'Memory comes back from swap only so that its owner can run: into free RAM, for an invocation of the will-run set.',
  section: '3.2',
  premise: 'memory comes back from swap',
  formula: {
    pageIn: ['i ∈ W(m)', 'R(m) + memory ≤ RAM′(m)'],
  },
  permits(_state, { invocation, decision }) {
    const machine = invocation!.machine!;
    willRunSet(machine);
    return (
      decision.type === 'pageIn' &&
      invocation!.willRun &&
      machine.resident + decision.memory <= usableRam(machine)
    );
  },
  objection(state, { invocation, decision }) {
    const machine = invocation!.machine!;
    if (!invocation!.willRun) {
      return `${portrait(state, invocation!)} is not in the will-run set of ${memoryOf(machine)}`;
    }
    const memory = decision.type === 'pageIn' ? decision.memory : 0;
    return `${memory} MB is more than the ${roomIn(machine)} MB free in RAM on ${memoryOf(machine)}`;
  },
};

/** RAM that nobody holds now, in MB. */
export function roomIn(machine: Machine): number {
  return Math.max(0, usableRam(machine) - machine.resident);
}

/** Whether nothing needs to be swapped on a machine and what it holds fits. */
export function memoryIsSettled(machine: Machine): boolean {
  return machine.resident <= usableRam(machine) && machine.demand - machine.resident <= machine.swap;
}
