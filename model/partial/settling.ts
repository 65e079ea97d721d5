import type { Decision, DecisionType } from '../alphabet.ts';
import { type Invocation, type Machine, roomIn } from '../entities.ts';
import { earlierVictim } from '../rules/memory.ts';
import { PHASE } from '../table.ts';
import { overCommit, willRunSet } from '../will-run.ts';

/** Decisions that settle a machine: who runs on it, and what it holds in RAM. They touch no other machine. */

export type SettlingType = 'preempt' | 'start' | 'pageOut' | 'pageIn';

export const SETTLING: readonly SettlingType[] = ['preempt', 'pageOut', 'pageIn', 'start'];

export function isSettling(type: DecisionType): type is SettlingType {
  return SETTLING.some((settling) => settling === type);
}

/**
 * The next of the decisions of these types that settle a machine, in the largest amount; null when none is permitted.
 *
 * The caller need not try another, since whatever the rules permit leads to the same place, in any order and in any
 * amounts: pages that move never change who will run. Say v gives RAM, and j, of a lower class, is outside of the
 * will-run set for want of room. Then nobody below v who is outside holds RAM, and RAM is still over-committed: RAM′ is at
 * most what the set demands and what those outside hold, all of it above j's class. So the room for j is at most what
 * those of the set demand who come after j. They fitted where j did not, so it is less than j demands. And whoever comes
 * in is in the set already.
 */
export function nextSettling(machine: Machine, hides: (type: SettlingType) => boolean): Decision | null {
  const willRun = willRunSet(machine);
  if (hides('preempt') && machine.running > 0) {
    const outranked = machine.live.find((one) => one.phase === PHASE.running && !one.willRun);
    if (outranked !== undefined) return { type: 'preempt', id: outranked.id };
  }
  if (hides('pageOut')) {
    const out = nextPageOut(machine);
    if (out !== null) return out;
  }
  for (const one of willRun) {
    const lack = one.demand - one.resident;
    if (hides('pageIn') && lack > 0) {
      const memory = Math.min(lack, roomIn(machine));
      if (memory > 0) return { type: 'pageIn', id: one.id, memory };
    }
    if (hides('start') && canStart(machine, one)) return { type: 'start', id: one.id };
  }
  return null;
}

function nextPageOut(machine: Machine): Decision | null {
  const excess = overCommit(machine);
  if (excess <= 0) return null;
  const victim = machine.live.find(
    (one) => !one.willRun && one.resident > 0 && earlierVictim(machine, one) === null,
  );
  if (victim === undefined || victim.phase === PHASE.running) return null;
  return { type: 'pageOut', id: victim.id, memory: Math.min(excess, victim.resident) };
}

function canStart(machine: Machine, one: Invocation): boolean {
  return one.phase === PHASE.ready && one.resident === one.demand && machine.running < machine.cores;
}

const MOST_AMOUNTS = 64;

/** Every amount up to this many MB; of more, some. */
export function* amounts(most: number): Generator<number> {
  if (most < 1) return;
  yield most;
  if (most > MOST_AMOUNTS) yield* [Math.ceil(most / 2), 1];
  else for (let amount = most - 1; amount >= 1; amount--) yield amount;
}
