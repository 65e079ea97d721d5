import type { Decision } from '../alphabet.ts';
import {
  countedSwap,
  type Invocation,
  type Machine,
  ramHeld,
  roomIn,
  swapHeld,
  usableRam,
} from '../entities.ts';
import { goesBefore } from '../run-set.ts';
import type { State } from '../state.ts';
import { DISK, PHASE, PRESSURE } from '../table.ts';
import { lowestOf, overCommit, willRunSet } from '../will-run.ts';
import { memoryOf, portrait } from '../words.ts';
import { chunkOf, nextToPageIn, share } from './paging.ts';
import type { MachineObligation, Permission } from './rule.ts';

/** Memory: class-based swapping, and kills as the last resort (paper section 3.2, "Dispatcher"). */

/** The most that one invocation may demand on a machine: it must fit into its RAM, and into RAM′ plus σ. */
export function largestDemand(machine: Machine): number {
  return Math.min(machine.ram, usableRam(machine) + countedSwap(machine));
}

/** Whether a kill is due: demands exceed RAM′ plus the swap that they may count on, or one of them could never run there. */
export function killIsDue(machine: Machine): boolean {
  const ram = usableRam(machine);
  if (machine.demand <= ram) return false;
  if (machine.demand > ram + countedSwap(machine)) return true;
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
  if (machine.demand <= usableRam(machine) + countedSwap(machine)) return null;
  const lowest = lowestOf(machine, () => true);
  return lowest === null ? null : { invocation: lowest, reason: 'memory' };
}

/** Who outside the will-run set gives its RAM before `invocation` does, or null. */
export function earlierVictim(machine: Machine, invocation: Invocation): Invocation | null {
  willRunSet(machine);
  for (const other of machine.live) {
    if (other === invocation || other.willRun || other.resident === 0) continue;
    if (goesBefore(machine, other, invocation)) return other;
  }
  return null;
}

export const memoryBound: Permission & MachineObligation = {
  id: 'memory-bound',
  sentence: 'On every machine what is resident fits into RAM, and what is swapped out fits into swap.',
  section: '3.2',
  premise: 'the demands on a machine exceed the RAM that an antagonist leaves it',
  // Where paging takes time it asks for this at every decision, which the rules of these decisions imply.
  formula: {},
  permits: (_state, { machine, decision }) => !overfills(machine!, decision),
  objection(_state, { machine, decision }) {
    return decision.type === 'pageOut'
      ? `${memoryOf(machine!)} would hold more in swap than there is`
      : `${memoryOf(machine!)} would hold more in RAM than there is`;
  },
  applies: (_state, machine) => machine.demand > usableRam(machine),
  breach(_state, machine) {
    // While a transfer is in flight RAM may be over-committed, since an antagonist takes what comes free.
    const ram = machine.disk === DISK.idle ? usableRam(machine) : machine.ram;
    if (ramHeld(machine) > ram) {
      return `${memoryOf(machine)} holds ${ramHeld(machine) - ram} MB more than its RAM`;
    }
    if (swapHeld(machine) > machine.swap) {
      return `${memoryOf(machine)} holds ${swapHeld(machine) - machine.swap} MB more than its swap`;
    }
    return null;
  },
};

/** Whether a decision puts more into RAM, or into swap, than there is: where paging takes time that is never right. */
export function overfills(machine: Machine, decision: Decision): boolean {
  switch (decision.type) {
    case 'allocate':
    case 'pageIn':
      return decision.memory > roomIn(machine);
    case 'pageOut':
      return decision.memory > machine.swap - swapHeld(machine);
    default:
      return false;
  }
}

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
      'where paging takes time: no pageIn is permitted on m, memory ≤ chunk, and S(m) + memory ≤ swap(m)',
    ],
  },
  permits(state, { invocation, decision }) {
    const machine = invocation!.machine!;
    if (state.config.paging !== undefined && whyNotOut(state, machine, decision) !== null) return false;
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
    if (memory <= excess) return whyNotOut(state, machine, decision) ?? 'it is permitted';
    return `${memory} MB is more than the ${excess} MB by which RAM is over-committed on ${memoryOf(machine)}`;
  },
};

/** Where paging takes time: why no transfer of this size may set out for swap, if none may. */
function whyNotOut(state: State, machine: Machine, decision: Decision): string | null {
  if (decision.type !== 'pageOut') return null;
  const { memory } = decision;
  const next = nextToPageIn(machine);
  if (next !== null && share(machine, next) >= 1) {
    return `there is room for memory of ${portrait(state, next)} on ${memoryOf(machine)}, and it comes in first`;
  }
  if (memory > chunkOf(state)) return `${memory} MB is more than a transfer moves (${chunkOf(state)} MB)`;
  const free = machine.swap - swapHeld(machine);
  return memory > free
    ? `${memory} MB is more than the ${free} MB of swap that are free on ${memoryOf(machine)}`
    : null;
}

export const pageInToRun: Permission = {
  id: 'page-in-to-run',
  sentence:
    'Memory comes back from swap only so that its owner can run: into free RAM, for an invocation of the will-run set.',
  section: '3.2',
  premise: 'memory comes back from swap',
  formula: {
    pageIn: [
      'i ∈ W(m)',
      'R(m) + memory ≤ RAM′(m)',
      'where paging takes time: nobody above i in W(m) has anything in swap, share(i) ≥ memory, and memory ≤ chunk',
    ],
  },
  permits(state, { invocation, decision }) {
    const machine = invocation!.machine!;
    willRunSet(machine);
    return (
      decision.type === 'pageIn' &&
      invocation!.willRun &&
      (state.config.paging === undefined
        ? machine.resident + decision.memory <= usableRam(machine)
        : nextToPageIn(machine) === invocation &&
          decision.memory <= share(machine, invocation!) &&
          decision.memory <= chunkOf(state))
    );
  },
  objection(state, { invocation, decision }) {
    const machine = invocation!.machine!;
    if (!invocation!.willRun) {
      return `${portrait(state, invocation!)} is not in the will-run set of ${memoryOf(machine)}`;
    }
    const memory = decision.type === 'pageIn' ? decision.memory : 0;
    if (state.config.paging === undefined || memory > roomIn(machine)) {
      return `${memory} MB is more than the ${roomIn(machine)} MB free in RAM on ${memoryOf(machine)}`;
    }
    const first = nextToPageIn(machine)!;
    if (first !== invocation) {
      return `${portrait(state, first)} ranks higher on ${memoryOf(machine)}, and its memory comes in first`;
    }
    if (memory > chunkOf(state)) return `${memory} MB is more than a transfer moves (${chunkOf(state)} MB)`;
    return `${memory} MB is more than the ${share(machine, first)} MB that those above ${portrait(state, first)} leave free on ${memoryOf(machine)}`;
  },
};

/** Whether nothing needs to be swapped on a machine and what it holds fits. */
export function memoryIsSettled(machine: Machine): boolean {
  return (
    (ramHeld(machine) <= usableRam(machine) || machine.disk !== DISK.idle) &&
    swapHeld(machine) <= machine.swap
  );
}
