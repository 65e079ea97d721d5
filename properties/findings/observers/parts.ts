import { type Invocation, type Machine, usableRam } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../../model/table.ts';
import { className } from '../../../model/words.ts';
import type { Look, Observer } from '../watch.ts';

/** What observers ask of the cluster, and the words that they share. */

/** Reports what is seen after a step only if time passes before the next: nothing waits for what is over at once. */
export function lasting(observer: Observer): Observer {
  return (config) => {
    const look = observer(config);
    let seen: string | null = null;
    let since = 0;
    return (now) => {
      const waitedMs = now.step.at - since;
      const lasted = seen !== null && waitedMs > 0 ? `${seen}, for ${waitedMs} ms` : null;
      seen = look(now);
      since = now.step.at;
      return lasted;
    };
  };
}

/** The first thing that is seen in a machine that is up. */
export function onSomeMachine(state: State, look: (machine: Machine) => string | null): string | null {
  for (const machine of upIn(state)) {
    const words = look(machine);
    if (words !== null) return words;
  }
  return null;
}

export function upIn({ machines }: State): Machine[] {
  return machines.filter(({ availability }) => availability === AVAILABILITY.up);
}

export function ready(machine: Machine): Invocation[] {
  return machine.live.filter(({ phase }) => phase === PHASE.ready);
}

export function running(machine: Machine): Invocation[] {
  return machine.live.filter(({ phase }) => phase === PHASE.running);
}

export function blocked(machine: Machine): Invocation[] {
  return machine.live.filter(({ phase }) => phase === PHASE.blocked);
}

/** Whether one of this class and size would run at once on a machine: a core and RAM are left for it by its class and higher. */
export function wouldRunOn(machine: Machine, priceClass: number, demandMb: number): boolean {
  const above = machine.live.filter((other) => other.class >= priceClass);
  const awake = above.filter(({ phase }) => phase === PHASE.ready || phase === PHASE.running);
  return awake.length < machine.cores && sumOf(above) + demandMb <= usableRam(machine);
}

/** Whether it fits into RAM beside what its own class and higher ones use on its machine. */
export function fits(invocation: Invocation): boolean {
  const machine = invocation.machine!;
  const above = machine.live.filter((other) => other !== invocation && other.class >= invocation.class);
  return sumOf(above) + invocation.demand <= usableRam(machine);
}

/** Whether RAM and swap have room for so much more. */
export function hasRoomFor(machine: Machine, moreMb: number): boolean {
  return machine.demand + moreMb <= usableRam(machine) + machine.swap && moreMb <= machine.ram;
}

export function sumOf(invocations: readonly Invocation[]): number {
  return invocations.reduce((sum, { demand }) => sum + demand, 0);
}

/** `invocation 3 (high)`. */
export function named(state: State, { id, class: priceClass }: { id: number; class: number }): string {
  return `invocation ${id} (${className(state, priceClass)})`;
}

export function namesOf(state: State, invocations: readonly { id: number; class: number }[]): string {
  return invocations.map((one) => `${one.id} (${className(state, one.class)})`).join(', ');
}

type Decisions = Look['step']['decisions'];
type Of<Type extends Decisions[number]['type']> = Extract<Decisions[number], { type: Type }>;

/** The decisions of one type. */
export function decided<Type extends Decisions[number]['type']>({ step }: Look, type: Type): Of<Type>[] {
  return step.decisions.filter((decision): decision is Of<Type> => decision.type === type);
}
