import type { Decision, DecisionType } from '../alphabet.ts';
import { type Invocation, isBlocked, type Machine, usableRam } from '../entities.ts';
import { earlierVictim, roomIn } from '../rules/memory.ts';
import { PHASE } from '../table.ts';
import { overCommit, ranksBelow, willRunSet } from '../will-run.ts';

/** Decisions that settle a machine: who runs on it, and what it holds in RAM. They touch no other machine. */

export type SettlingType = 'preempt' | 'start' | 'pageOut' | 'pageIn';

export const SETTLING: readonly SettlingType[] = ['preempt', 'pageOut', 'pageIn', 'start'];

export function isSettling(type: DecisionType): type is SettlingType {
  return SETTLING.some((settling) => settling === type);
}

/**
 * Whether pages that move now could change the will-run set of a machine. Somebody then stays outside of it only because
 * one of a higher class, who is outside too, holds RAM.
 *
 * Where it cannot change, whatever the rules permit leads to the same place in any order and in any amounts: the same
 * ones start and are preempted, and the same memory goes out, from the lowest up, and comes in.
 */
export function willRunMayChange(machine: Machine): boolean {
  const willRun = willRunSet(machine);
  if (overCommit(machine) <= 0) return false;
  const ram = usableRam(machine);
  let highestHolder = -1;
  for (const one of machine.live) {
    if (!one.willRun && one.resident > 0 && one.demand <= ram)
      highestHolder = Math.max(highestHolder, one.class);
  }
  const last = willRun.at(-1);
  const isFull = willRun.length === machine.cores && last !== undefined;
  return machine.live.some(
    (one) =>
      !one.willRun &&
      !isBlocked(one) &&
      one.demand <= ram &&
      one.class < highestHolder &&
      (!isFull || ranksBelow(machine, last, one)),
  );
}

/**
 * The next of the decisions of these types that settle a machine, in the largest amount; null when none is permitted.
 * Exact where {@link willRunMayChange} says no: the caller need not try another.
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

/** Up to this many MB every amount is tried; of more, some. */
const MOST_AMOUNTS = 64;

/** Every decision of these types that might settle a machine further, in every amount, the largest first. */
export function* everySettling(
  machine: Machine,
  hides: (type: SettlingType) => boolean,
): Generator<Decision> {
  const willRun = [...willRunSet(machine)];
  const live = [...machine.live];
  if (hides('preempt')) {
    for (const { id, phase, willRun: runs } of live) {
      if (phase === PHASE.running && !runs) yield { type: 'preempt', id };
    }
  }
  if (hides('pageOut')) {
    const out = nextPageOut(machine);
    if (out?.type === 'pageOut') for (const memory of amounts(out.memory)) yield { ...out, memory };
  }
  for (const one of willRun) {
    if (hides('pageIn')) {
      const most = Math.min(one.demand - one.resident, roomIn(machine));
      for (const memory of amounts(most)) yield { type: 'pageIn', id: one.id, memory };
    }
    if (hides('start') && canStart(machine, one)) yield { type: 'start', id: one.id };
  }
}

/** Whether there are more amounts than are tried. */
export function hasTooManyAmounts(machine: Machine): boolean {
  return overCommit(machine) > MOST_AMOUNTS;
}

export function* amounts(most: number): Generator<number> {
  if (most < 1) return;
  yield most;
  if (most > MOST_AMOUNTS) yield* [Math.ceil(most / 2), 1];
  else for (let amount = most - 1; amount >= 1; amount--) yield amount;
}
