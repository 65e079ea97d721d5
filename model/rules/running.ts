import { counted } from '../counted.ts';
import { type Invocation, isWhole, keptBy, type Machine, usableRam } from '../entities.ts';
import { isInRunSet, runSet } from '../run-set.ts';
import type { State } from '../state.ts';
import { PHASE } from '../table.ts';
import { ranksBelow, willRunSet } from '../will-run.ts';
import { memoryOf, portrait } from '../words.ts';
import type { MachineObligation, Permission } from './rule.ts';

/** Who runs: the machine scheduler (paper section 3.2). */

export const runTheHighest: MachineObligation = {
  id: 'run-the-highest',
  sentence:
    'Exactly the will-run set of a machine runs: the highest by rank that fit, one per core. While the memory of one of them is on its way, its core may be lent.',
  section: '3.2',
  premise: 'somebody on a machine is ready and waits for a core or for memory',
  applies: (_state, machine) =>
    machine.live.length > machine.running && machine.live.some((i) => i.phase === PHASE.ready),
  breach(state, machine) {
    const run = runSet(state, machine);
    for (const invocation of run) {
      if (invocation.phase !== PHASE.running) {
        return `${portrait(state, invocation)} is in ${setOf(state)} of ${memoryOf(machine)} and does not run`;
      }
    }
    if (machine.running === run.length) return null;
    const outranked = machine.live.find((i) => i.phase === PHASE.running && !run.includes(i))!;
    return `${portrait(state, outranked)} runs and is not in ${setOf(state)} of ${memoryOf(machine)}, which is ${names(run)}`;
  },
};

export const runResident: MachineObligation = {
  id: 'run-resident',
  sentence: 'A running invocation is wholly in RAM.',
  section: '3.2',
  premise: 'somebody runs on a machine where memory is in swap',
  applies: (_state, machine) => machine.running > 0 && machine.resident < machine.demand,
  breach(state, machine) {
    for (const invocation of machine.live) {
      if (invocation.phase === PHASE.running && invocation.resident !== invocation.demand) {
        return `${portrait(state, invocation)} runs`;
      }
    }
    return null;
  },
};

export const startHighest: Permission = {
  id: 'start-highest',
  sentence:
    'An invocation starts only if it is ready, wholly in RAM and in the will-run set, and a core is free.',
  section: '3.2',
  premise: 'an invocation starts',
  formula: {
    start: ['i ∈ W(m), or where paging takes time i ∈ Run(m)', 'r(i) = d(i)', 'running(m) < cores(m)'],
  },
  permits(state, { invocation }) {
    const machine = invocation!.machine!;
    return isInRunSet(state, machine, invocation!) && isWhole(invocation!) && machine.running < machine.cores;
  },
  objection(state, { invocation }) {
    const machine = invocation!.machine!;
    if (!invocation!.willRun && !isInRunSet(state, machine, invocation!)) {
      return whyNotWillRun(state, machine, invocation!);
    }
    if (!isWhole(invocation!)) {
      return `${portrait(state, invocation!)} still lacks ${invocation!.demand - invocation!.resident} MB in RAM`;
    }
    return `no core of machine ${machine.id} is free: ${machine.running} running on ${counted(machine.cores, 'core')}`;
  },
};

export const preemptOutranked: Permission = {
  id: 'preempt-outranked',
  sentence: 'An invocation is preempted only if it runs and is not in the will-run set.',
  section: '3.2',
  premise: 'an invocation is preempted',
  formula: {
    preempt: ['i ∉ W(m), or where paging takes time i ∉ Run(m)'],
  },
  permits(state, { invocation }) {
    return !isInRunSet(state, invocation!.machine!, invocation!);
  },
  objection(state, { invocation }) {
    return `${portrait(state, invocation!)} is in ${setOf(state)} of machine ${invocation!.machine!.id}: ${names(runSet(state, invocation!.machine!))}`;
  },
};

/** Why one that is not blocked is outside the will-run set: who takes its core, or its room. */
function whyNotWillRun(state: State, machine: Machine, invocation: Invocation): string {
  const better = willRunSet(machine).filter((other) => !ranksBelow(machine, other, invocation));
  const waiting = better.find((other) => other.phase !== PHASE.running) ?? better[0];
  if (better.length >= machine.cores && waiting !== undefined) {
    const how = waiting.class > invocation.class ? 'of a higher class' : 'arrived before';
    return `${portrait(state, waiting)}, ${how}, has the core on machine ${machine.id} and would wait for it`;
  }
  const taken = better.reduce((sum, other) => sum + other.demand, 0);
  const ram = usableRam(machine);
  const held = machine.live
    .filter((other) => other.class > invocation.class && !other.willRun && other.demand <= ram)
    .reduce((sum, other) => sum + keptBy(other), 0);
  return `${portrait(state, invocation)} does not fit: of ${ram} MB on machine ${machine.id}, ${taken} MB go to ${names(better)} and ${held} MB are held by passed-over or blocked ones of higher classes`;
}

function names(invocations: readonly Invocation[]): string {
  return invocations.length === 0 ? 'nobody' : invocations.map((i) => i.id).join(', ');
}

function setOf({ config }: State): string {
  return config.paging === undefined ? 'the will-run set' : 'the set that may run now';
}

/** Whether exactly those run that must. */
export function runsRunSet(state: State, machine: Machine): boolean {
  const run = runSet(state, machine);
  if (machine.running !== run.length) return false;
  for (const invocation of run) if (invocation.phase !== PHASE.running) return false;
  return true;
}
