import type { Policies } from '../../../reference-impl/xx/policies.ts';
import type { ReadonlyXXState } from '../../../reference-impl/xx/state.ts';

export type SeenInvocation = ReadonlyXXState['invocations'][number];
export type SeenMachine = ReadonlyXXState['machines'][number];

/** What may be wrong with a will-run set. */
export interface Taste {
  /** Who goes before whom; negative when a does. By class and arrival unless given. */
  order?(a: SeenInvocation, b: SeenInvocation): number;
  cores?(machine: SeenMachine): number;
  /** MB of RAM that there are to fill. */
  room?(machine: SeenMachine): number;
  fits?(invocation: SeenInvocation, roomMb: number): boolean;
  /** MB that one who is blocked or passed over keeps from those below. */
  holds?(invocation: SeenInvocation, machine: SeenMachine): number;
  /** Whether it keeps them from its own class too, and not only from those below. */
  readonly holdsAtOnce?: boolean;
  /** Whether the first who is passed over ends it all. */
  readonly stopsThere?: boolean;
}

/** The will-run set of the reference, made slowly and with every part of it open to a fault. */
export function willRunBy(taste: Taste): Policies['willRun'] {
  const order = taste.order ?? byRank;
  const fits = taste.fits ?? ((invocation, roomMb) => invocation.demand <= roomMb);
  const holds = taste.holds ?? heldByRight;
  return (state, machine, slots) => {
    const cores = taste.cores?.(machine) ?? machine.cores;
    const ranked = [...machine.runnable, ...machine.blocked];
    ranked.sort((a, b) => order(state.invocations[a]!, state.invocations[b]!));
    let roomMb = taste.room?.(machine) ?? machine.usableRam;
    let heldMb = 0;
    let current = Number.POSITIVE_INFINITY;
    for (const slot of ranked) {
      const invocation = state.invocations[slot]!;
      if (invocation.priority < current || taste.holdsAtOnce === true) {
        roomMb -= heldMb;
        heldMb = 0;
        current = invocation.priority;
      }
      const couldRun = invocation.phase !== 'blocked' && slots.length < cores;
      if (couldRun && fits(invocation, roomMb)) {
        slots.push(slot);
        roomMb -= invocation.demand;
      } else {
        if (couldRun && taste.stopsThere === true) return;
        heldMb += holds(invocation, machine);
      }
    }
  };
}

/** Higher class first, then first come first served. */
export function byRank(a: SeenInvocation, b: SeenInvocation): number {
  return b.priority - a.priority || a.ticket - b.ticket;
}

/** What is in RAM and stays there, unless it belongs to one that cannot run now anyway. */
export function heldByRight(
  { demand, resident, outgoing }: SeenInvocation,
  { usableRam }: SeenMachine,
): number {
  return demand <= usableRam ? resident - outgoing : 0;
}

/** Those that run first, so that nobody is ever preempted for rank. */
export function runningFirst(a: SeenInvocation, b: SeenInvocation): number {
  return Number(b.phase === 'running') - Number(a.phase === 'running') || byRank(a, b);
}
