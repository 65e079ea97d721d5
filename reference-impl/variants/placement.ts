import type { ReadonlyXXState } from '../xx/state.ts';

/** What variants ask of a machine before they place a function on it. */

type SeenMachine = ReadonlyXXState['machines'][number];

/** How many of those that live there, and are not blocked, go before a newcomer of this class. */
export function waitingBefore(state: ReadonlyXXState, machine: SeenMachine, priceClass: number): number {
  return machine.runnable.filter((slot) => state.invocations[slot]!.class >= priceClass).length;
}

/** Whether a newcomer would run at once: a core and RAM are left for it, whatever lower classes hold. */
export function wouldRun(
  state: ReadonlyXXState,
  machine: SeenMachine,
  priceClass: number,
  newcomerMb: number,
): boolean {
  if (waitingBefore(state, machine, priceClass) >= machine.cores) return false;
  let roomMb = machine.usableRam - newcomerMb;
  for (const slot of [...machine.runnable, ...machine.blocked]) {
    const { class: held, demand } = state.invocations[slot]!;
    if (held >= priceClass) roomMb -= demand;
  }
  return roomMb >= 0;
}

/** Whether RAM and swap together have room for a newcomer, so that none is killed for it. */
export function hasRoom({ demand, usableRam, swap, ram }: SeenMachine, newcomerMb: number): boolean {
  return demand + newcomerMb <= usableRam + swap && newcomerMb <= ram;
}

/** The first of the machines for which a score, compared part by part, is least. */
export function leastBy(
  machines: readonly number[],
  scoreOf: (machine: number) => readonly number[],
): number {
  let best = machines[0]!;
  let least = scoreOf(best);
  for (const machine of machines.slice(1)) {
    const score = scoreOf(machine);
    const differs = score.findIndex((part, index) => part !== least[index]);
    if (differs < 0 || score[differs]! > least[differs]!) continue;
    best = machine;
    least = score;
  }
  return best;
}
