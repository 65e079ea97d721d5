import type { Invocation, Machine } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { PHASE } from '../../../model/table.ts';
import { invocationOf } from '../../../model/unended.ts';
import type { Look, Observer } from '../watch.ts';
import {
  decided,
  hasRoomFor,
  lasting,
  named,
  namesOf,
  onSomeMachine,
  ready,
  running,
  upIn,
  wouldRunOn,
} from './parts.ts';

/** What is seen where functions are placed. */

/** One that is placed by a poll behind its own class or higher ones while another machine runs only lower ones. */
export const behindItsEquals: Observer = lasting(
  () => (look) =>
    placedToWait(look, 'poll', (placed, machine, { state }) => {
      const better = upIn(state).find(
        (other) =>
          other !== machine &&
          wouldRunOn(other, placed.class, placed.demand) &&
          other.running > 0 &&
          running(other).every((one) => one.class < placed.class),
      );
      if (better === undefined) return null;
      return `${named(state, placed)} waits on machine ${machine.id} behind ${namesOf(state, running(machine))}, while machine ${better.id} runs only ${namesOf(state, running(better))}`;
    }),
);

/** One that an idle list sends to a machine without a free core while another has one. */
export const withoutACore: Observer = lasting(
  () => (look) =>
    placedToWait(look, 'idle-list', (placed, machine, { state }) => {
      const better = upIn(state).find(
        (other) => other.running < other.cores && wouldRunOn(other, placed.class, placed.demand),
      );
      if (better === undefined) return null;
      return `${named(state, placed)} waits on machine ${machine.id}, which is on the idle list and runs ${namesOf(state, running(machine))}, while a core of machine ${better.id} is free`;
    }),
);

/** One of the lowest class that has never run and waits while another machine is empty. */
export const stranded: Observer = lasting(() => {
  const started = new Set<number>();
  return (look) => {
    for (const { id } of decided(look, 'start')) started.add(id);
    return besideAnEmptyOne(look.state, (waits) => waits.class === 0 && !started.has(waits.id));
  };
});

/** One that was preempted and waits while another machine is empty. */
export const strandedAfterPreemption: Observer = lasting(() => {
  const preempted = new Set<number>();
  return (look) => {
    for (const { id } of decided(look, 'preempt')) preempted.add(id);
    return besideAnEmptyOne(look.state, (waits) => preempted.has(waits.id));
  };
});

/** A function that is killed for a newcomer while another machine has room for it. */
export const killedForANewcomer: Observer = () => (look) =>
  roomElsewhere(look, ({ state, before }, newcomer, machine, better) => {
    const killed = decided(look, 'kill').find(({ id, reason }) => id !== newcomer && reason === 'memory');
    const was = killed === undefined ? undefined : before.get(killed.id);
    if (killed === undefined || was?.machine !== machine.id) return null;
    return `${named(state, { id: killed.id, class: was.class })} is killed on machine ${machine.id} for invocation ${newcomer}, while ${roomOf(better)}`;
  });

/** A newcomer that is killed where it is placed, by itself, while another machine has room for it. */
export const aTrap: Observer = () => (look) =>
  roomElsewhere(look, (_look, newcomer, machine, better) => {
    const killed = decided(look, 'kill').some(({ id }) => id === newcomer);
    if (!killed || machine.live.length > 0) return null;
    return `invocation ${newcomer} is placed on machine ${machine.id}, which is empty and of whose RAM an antagonist uses ${machine.antagonist} of ${machine.ram} MB, and is killed there, while ${roomOf(better)}`;
  });

/** One of the highest class that is killed while another machine has room for it beside lower ones. */
export const killedBesideRoom: Observer = () => (look) => {
  const { state, step, before } = look;
  const { stimulus } = step;
  if (stimulus.type !== 'resize') return null;
  for (const { id, reason } of decided(look, 'kill')) {
    const was = before.get(id);
    if (was?.class !== state.topClass || was.machine === null || reason !== 'memory') continue;
    const demandMb = stimulus.id === id ? stimulus.demand : was.demand;
    const better = upIn(state).find((machine) => machine.id !== was.machine && hasRoomFor(machine, demandMb));
    if (better === undefined || running(better).length === 0) continue;
    if (running(better).some((one) => one.class === state.topClass)) continue;
    return `${named(state, { id, class: was.class })} of ${demandMb} MB is killed on machine ${was.machine}, while ${roomOf(better)} and runs only ${namesOf(state, running(better))}`;
  }
  return null;
};

function placedToWait(
  look: Look,
  via: 'poll' | 'idle-list',
  judge: (placed: Invocation, machine: Machine, look: Look) => string | null,
): string | null {
  for (const place of decided(look, 'place')) {
    const placed = invocationOf(look.state.invocations, place.id);
    if (place.via !== via || placed?.phase !== PHASE.ready) continue;
    const words = judge(placed, placed.machine!, look);
    if (words !== null) return words;
  }
  return null;
}

function besideAnEmptyOne(state: State, isSought: (waits: Invocation) => boolean): string | null {
  const empty = upIn(state).find((machine) => machine.live.length === 0);
  if (empty === undefined) return null;
  return onSomeMachine(state, (machine) => {
    const waits = ready(machine).find((one) => isSought(one) && wouldRunOn(empty, one.class, one.demand));
    if (waits === undefined) return null;
    return `${named(state, waits)} waits on machine ${machine.id} behind ${namesOf(state, running(machine))}, while machine ${empty.id} is empty`;
  });
}

function roomElsewhere(
  look: Look,
  judge: (look: Look, newcomer: number, machine: Machine, better: Machine) => string | null,
): string | null {
  const { state } = look;
  const newcomerMb = state.config.initialMemory;
  for (const { id, machine } of decided(look, 'place')) {
    const better = upIn(state).find((other) => other.id !== machine && hasRoomFor(other, newcomerMb));
    const words = better === undefined ? null : judge(look, id, state.machines[machine]!, better);
    if (words !== null) return words;
  }
  return null;
}

function roomOf({ id, ram, swap, antagonist, demand }: Machine): string {
  return `machine ${id} has room for ${ram - antagonist + swap - demand} MB more`;
}
