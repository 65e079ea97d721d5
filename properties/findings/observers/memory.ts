import { type Invocation, type Machine, usableRam } from '../../../model/entities.ts';
import { PHASE } from '../../../model/table.ts';
import { invocationOf } from '../../../model/unended.ts';
import type { Look, Observer, Was } from '../watch.ts';
import { blocked, decided, lasting, named, onSomeMachine, ready, running, sumOf, upIn } from './parts.ts';

/** What is seen of memory: who dies, and who waits for it. */

/** A caller that is killed for memory while the one that it waits for lives on, on the same machine. */
export const aCallerDiesFirst: Observer = () => (look) => {
  for (const { id, was } of killed(look)) {
    const callee = was.callee === null ? undefined : invocationOf(look.state.invocations, was.callee);
    if (callee?.machine?.id !== was.machine) continue;
    return `${named(look.state, { id, class: was.class })} is killed on machine ${was.machine}, and ${named(look.state, callee)}, for which it waited, lives on there, and no function waits for it`;
  }
  return null;
};

/** One of the lowest class that is killed because a larger one of its class has grown, which lives on. */
export const innocentPeer: Observer = () => (look) => {
  const { state, step } = look;
  if (step.stimulus.type !== 'resize') return null;
  const hog = invocationOf(state.invocations, step.stimulus.id);
  if (hog === undefined) return null;
  for (const { id, was } of killed(look)) {
    if (was.machine !== hog.machine?.id || was.class !== hog.class || was.demand >= hog.demand) continue;
    return `${named(state, { id, class: was.class })} of ${was.demand} MB is killed, because ${named(state, hog)} has grown to ${hog.demand} MB, which lives on`;
  }
  return null;
};

/** A function that neither calls nor was called, killed for memory that two or more blocked callers of one chain hold. */
export const killedForAChain: Observer = () => (look) => {
  const { state } = look;
  const victims = killed(look);
  if (victims.length !== 1 || decided(look, 'kill').length !== 1) return null;
  const { id, was } = victims[0]!;
  const machine = state.machines[was.machine!]!;
  if (was.caller !== null || was.callee !== null) return null;
  const excessMb = machine.demand + was.demand - usableRam(machine) - machine.swap;
  for (const end of machine.live) {
    const callers = callersOf(end);
    if (end.phase === PHASE.blocked || callers.length < 2 || sumOf(callers) < excessMb) continue;
    return `${named(state, { id, class: was.class })} is killed for ${excessMb} MB that machine ${machine.id} lacks, while ${callers.map((one) => one.id).join(', ')}, which all wait for invocation ${end.id}, hold ${sumOf(callers)} MB there`;
  }
  return null;
};

/** A free core, and one that could run but for the memory of a blocked caller, whose callee waits on another machine. */
export const aStallSpreads: Observer = lasting(
  () =>
    ({ state }) =>
      onSomeMachine(state, (machine) => {
        if (machine.running >= machine.cores) return null;
        for (const waits of ready(machine)) {
          const taken =
            sumOf(running(machine)) + residentOf(ready(machine).filter((one) => one.class > waits.class));
          if (taken + waits.demand > usableRam(machine)) continue;
          const holder = blocked(machine).find(
            (one) => one.class > waits.class && waitsElsewhere(one, machine),
          );
          if (holder === undefined) continue;
          const end = endOf(holder);
          return `a core of machine ${machine.id} is free and ${named(state, waits)} waits there, since ${named(state, holder)} keeps ${holder.resident} MB while it waits for ${end.id}, which waits on machine ${end.machine!.id} behind ${running(
            end.machine!,
          )
            .map((one) => one.id)
            .join(', ')}`;
        }
        return null;
      }),
);

/** An entry of an idle list that says more functions than live there, by so many as it may not be off. */
export const aDriftingCount: Observer =
  () =>
  ({ state }) => {
    for (const { id, entry, live } of upIn(state)) {
      const off = entry === null ? 0 : Math.abs(entry.functions - live.length);
      if (off < state.config.idle.functionsDrift) continue;
      return `the idle list says that ${entry!.functions} functions live on machine ${id}, and there are ${live.length}`;
    }
    return null;
  };

/** One that was swapped out for a higher class and is swapped in again while that one lives. */
export const neededSoon: Observer = () => {
  const swappedOut = new Map<number, { at: number; above: number[] }>();
  return (look) => {
    const { state, step } = look;
    for (const { id } of decided(look, 'pageIn')) {
      const out = swappedOut.get(id);
      const still = out?.above
        .map((other) => invocationOf(state.invocations, other))
        .find((one) => one?.machine);
      if (out === undefined || still === undefined) continue;
      return `${named(state, invocationOf(state.invocations, id)!)}, swapped out ${step.at - out.at} ms ago, is swapped in to run, while ${named(state, still)}, for which it went, is still there`;
    }
    for (const { id } of decided(look, 'pageOut')) {
      const out = invocationOf(state.invocations, id);
      if (out?.machine === undefined || out.machine === null) continue;
      const above = running(out.machine).filter((one) => one.class > out.class);
      if (above.length > 0) swappedOut.set(id, { at: step.at, above: above.map((one) => one.id) });
    }
    return null;
  };
};

/** One that is preempted for the third time, and was swapped out and in again on the way. */
export const toAndFro: Observer = () => {
  const preempted = new Map<number, number>();
  const cameBack = new Set<number>();
  return (look) => {
    for (const { id } of decided(look, 'pageIn')) cameBack.add(id);
    for (const { id } of decided(look, 'preempt')) {
      preempted.set(id, (preempted.get(id) ?? 0) + 1);
      const one = invocationOf(look.state.invocations, id);
      if (preempted.get(id)! < 3 || !cameBack.has(id) || one === undefined) continue;
      return `${named(look.state, one)} is preempted for the third time, and has been swapped out and in on the way`;
    }
    return null;
  };
};

function killed(look: Look): { id: number; was: Was }[] {
  return decided(look, 'kill').flatMap(({ id, reason }) => {
    const was = look.before.get(id);
    return reason === 'memory' && was !== undefined && was.machine !== null ? [{ id, was }] : [];
  });
}

/** Those that wait for it on its machine, directly or not. */
function callersOf({ caller, machine }: Invocation): Invocation[] {
  if (caller === null || caller.machine !== machine) return [];
  return [caller, ...callersOf(caller)];
}

/** The last that it waits for. */
function endOf(invocation: Invocation): Invocation {
  return invocation.callee === null ? invocation : endOf(invocation.callee);
}

function waitsElsewhere(holder: Invocation, machine: Machine): boolean {
  const end = endOf(holder);
  return end.machine !== null && end.machine !== machine && end.phase === PHASE.ready;
}

function residentOf(invocations: readonly Invocation[]): number {
  return invocations.reduce((sum, { resident }) => sum + resident, 0);
}
