import type { TimedStimulus } from '../../../model/alphabet.ts';
import {
  countedSwap,
  type Invocation,
  isBlocked,
  keptBy,
  type Machine,
  usableRam,
} from '../../../model/entities.ts';
import { largestDemand } from '../../../model/rules/memory.ts';
import type { State } from '../../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../../model/table.ts';
import { type Aim, type Desk, isAmount, nearby, someOf } from './aim.ts';

/** A running one that grows or shrinks until demands are exactly what RAM, or RAM and swap, hold; or one MB off. */
export const demands: Aim = {
  name: 'demands',
  suits: () => 'well',
  next(desk) {
    const { state, below } = desk;
    const one = someOf(state.byPhase[PHASE.running]!, desk, ({ machine }) => machine !== null);
    if (one === null) return null;
    const machine = one.machine!;
    const ram = usableRam(machine);
    const target = [
      () => largestDemand(machine),
      () => ram,
      () => one.demand + ram + countedSwap(machine) - machine.demand,
      () => one.demand + ram - machine.demand,
    ][below(4)]!();
    return resized(state, one, target + nearby(desk));
  },
};

/** Antagonists that leave exactly what one invocation demands, or all demand together; or that take as much. */
export const antagonists: Aim = {
  name: 'antagonists',
  suits: () => 'well',
  next(desk) {
    const { state, below } = desk;
    const machine = crowdedMachine(desk);
    if (machine === null) return null;
    const demand = somebodysDemand(machine, desk);
    const { ram } = machine;
    const swap = countedSwap(machine);
    const target = [
      () => ram - demand,
      () => ram - demand,
      () => demand,
      () => ram + swap - demand,
      () => ram - machine.demand,
      () => ram + swap - machine.demand,
    ][below(6)]!();
    const off = below(4) > 0 ? 0 : nearby(desk);
    const memory = target + off;
    if (!isAmount(memory, 0)) return null;
    return { at: state.now, stimulus: { type: 'antagonist', machine: machine.id, memory } };
  },
};

/** One that lives on a machine, blocked if any is, or the second largest, or any. */
function somebodysDemand({ live }: Machine, desk: Desk): number {
  const { below } = desk;
  const kind = below(3);
  if (kind === 0) {
    const blocked = someOf(live, desk, isBlocked, live.length);
    if (blocked !== null) return blocked.demand;
  }
  if (kind === 1 && live.length > 1) {
    const [, second] = live.map(({ demand }) => demand).sort((a, b) => b - a);
    return second!;
  }
  return live[below(live.length)]!.demand;
}

/**
 * Of two on a machine the one that ranks higher, and runs, grows or shrinks until the other exactly fits beside it, or
 * lacks one MB, or has one MB more.
 */
export const room: Aim = {
  name: 'room',
  suits({ machines, classes }) {
    const [only, ...others] = machines;
    return others.length === 0 && only!.cores > 1 && classes.length > 2 ? 'as-few-do' : 'well';
  },
  next(desk) {
    const { state, below } = desk;
    const up = state.byAvailability[AVAILABILITY.up]!;
    const machine = someOf(up, desk, isShared) ?? someOf(up, desk, ({ running }) => running > 0);
    if (machine === null) return null;
    const { live } = machine;
    const runs = someOf(live, desk, ({ phase }) => phase === PHASE.running, live.length)!;
    if (below(4) === 0) return fillingRam(runs, state);
    const lower = (one: Invocation) => !isBlocked(one) && goesBefore(runs, one, live);
    const waits = someOf(live, desk, (one) => one.phase === PHASE.ready && lower(one), live.length);
    const other = waits ?? someOf(live, desk, lower, live.length);
    if (other === null) return null;
    const spare = roomFor(other, machine) - other.demand - (below(2) === 0 ? 0 : nearby(desk));
    return spare === 0 ? null : resized(state, runs, runs.demand + spare);
  },
};

/** One that grows to all of the RAM, where swap has room for the others: they all wait for it to shrink. */
function fillingRam(runs: Invocation, state: State): TimedStimulus | null {
  const machine = runs.machine!;
  const others = machine.demand - runs.demand;
  return others > countedSwap(machine) ? null : resized(state, runs, usableRam(machine));
}

/** Whether several cores are shared by three of different classes, at least. */
function isShared({ running, live, cores }: Machine): boolean {
  if (cores < 2 || running < 1 || live.length < 3) return false;
  const one = live[0]!.class;
  const other = live.find((each) => each.class !== one)?.class;
  return other !== undefined && live.some((each) => each.class !== one && each.class !== other);
}

/** Whether one of two who are not blocked ranks higher. */
function goesBefore(one: Invocation, other: Invocation, live: readonly Invocation[]): boolean {
  if (one === other) return false;
  return one.class === other.class ? live.indexOf(one) < live.indexOf(other) : one.class > other.class;
}

/** What those who run and rank higher, and those of a higher class who do not run, leave of RAM′ for one that waits. */
function roomFor(waits: Invocation, machine: Machine): number {
  const { live } = machine;
  const ram = usableRam(machine);
  let left = ram;
  for (const other of live) {
    if (other.phase === PHASE.running) left -= goesBefore(other, waits, live) ? other.demand : 0;
    else if (other.class > waits.class && other.demand <= ram) left -= keptBy(other);
  }
  return left;
}

/** Demands on a machine that fill it to the last of the safe integers, and placements there. */
export const brim: Aim = {
  name: 'brim',
  suits: ({ machines }) => (machines.some(({ ram, swap }) => ram + swap > LAST / 2) ? 'as-few-do' : 'not'),
  next(desk) {
    const { state, below } = desk;
    const one = someOf(state.byPhase[PHASE.running]!, desk, ({ machine }) => machine !== null);
    const full = state.machines.some(({ demand }) => demand > LAST - 2 * state.config.initialMemory);
    // Demands of one alone are never beyond; it takes a second who demands the rest.
    if (one === null || one.machine!.live.length < 2 || (full && below(2) === 0)) return oneMore(desk);
    const off = below(3) === 0 ? 1 : nearby(desk);
    const target = LAST - (below(2) === 0 ? 0 : state.config.initialMemory) + off;
    const rest = one.machine!.demand - one.demand;
    return resized(state, one, Math.min(target - rest, LAST));
  },
};

const LAST = Number.MAX_SAFE_INTEGER;

/** The turn of a shard that has work, or work for one. */
function oneMore({ state, submission }: Desk): TimedStimulus {
  const waits = state.byPhase[PHASE.queued]![0];
  const { now: at } = state;
  return { at, stimulus: waits === undefined ? submission(0) : { type: 'turn', shard: waits.shard } };
}

function crowdedMachine(desk: Desk): Machine | null {
  const { state } = desk;
  const up = state.byAvailability[AVAILABILITY.up]!;
  return (
    someOf(up, desk, ({ live }) => live.some(isBlocked)) ??
    someOf(up, desk, ({ live }) => live.length > 0) ??
    someOf(state.byAvailability[AVAILABILITY.draining]!, desk, ({ live }) => live.length > 0)
  );
}

function resized(state: State, { id }: Invocation, demand: number) {
  if (!isAmount(demand, 1)) return null;
  return { at: state.now, stimulus: { type: 'resize', id, demand } as const };
}
