import type { Stimulus, TimedStimulus } from '../../../model/alphabet.ts';
import { countedSwap, isBlocked, type Machine, usableRam } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../../model/table.ts';
import { type Aim, type Desk, isAmount, nearby, someOf } from './aim.ts';

/** Memory that comes and goes until what is available is exactly a threshold, or off by exactly a drift; or one MB off. */
export const thresholds: Aim = {
  name: 'thresholds',
  suits: () => 'well',
  next(desk) {
    const { state, below } = desk;
    const up = state.byAvailability[AVAILABILITY.up]!;
    if (state.config.idle.leave === 0 && below(2) === 0) {
      const many = someOf(up, desk, ({ entry, live }) => entry !== null && live.length > 1);
      return many && killing(many, state);
    }
    const machine = someOf(up, desk, () => true);
    if (machine === null) return null;
    const available = targetOf(machine, desk) + nearby(desk);
    if (available < 0) return null;
    const { now: at } = state;
    const runs = machine.live.find(({ phase }) => phase === PHASE.running);
    if (runs !== undefined && below(4) > 0) {
      const demand = runs.demand + usableRam(machine) - machine.demand - available;
      return isAmount(demand, 1) ? { at, stimulus: { type: 'resize', id: runs.id, demand } } : null;
    }
    const memory = machine.ram - machine.demand - available;
    return isAmount(memory, 0) ? { at, stimulus: { type: 'antagonist', machine: machine.id, memory } } : null;
  },
};

function targetOf({ entry }: Machine, { state, below }: Desk): number {
  const { enter, leave, memoryDrift } = state.config.idle;
  if (entry === null) return enter;
  const drift = below(2) === 0 ? memoryDrift : -memoryDrift;
  return below(3) === 0 ? leave : entry.available + drift;
}

/** An antagonist that has so many killed at once that an entry is off by one function more than it may be. */
function killing(machine: Machine, { now, config }: State): TimedStimulus | null {
  const { entry, live, ram, demand } = machine;
  if (entry === null || config.idle.leave > 0) return null;
  const many = config.idle.functionsDrift + 1 + live.length - entry.functions;
  if (many < 2 || many > live.length) return null;
  const lowestFirst = live
    .toReversed()
    .toSorted((a, b) => a.class - b.class || Number(isBlocked(b)) - Number(isBlocked(a)));
  const spared = lowestFirst.slice(0, many - 1).reduce((sum, one) => sum + one.demand, 0);
  const memory = ram + countedSwap(machine) - (demand - spared - 1);
  return isAmount(memory, 0)
    ? { at: now, stimulus: { type: 'antagonist', machine: machine.id, memory } }
    : null;
}

/** A list must be this long for its order to matter. */
const LONG_LIST = 4;

/** A list is stirred for so many ms, then only chosen from for so many, and so on. */
const STIRRED_MS = 9;
const CHOSEN_FROM_MS = 7;

/**
 * Entries that leave a long list from anywhere in it, come back, and change, alternating with placements, which show
 * whether the list is still in order.
 */
export const longLists: Aim = {
  name: 'long-lists',
  suits: ({ machines }) => (machines.length > LONG_LIST ? 'as-few-do' : 'not'),
  next(desk) {
    const { state, below } = desk;
    const at = Math.min(state.now + (below(8) === 0 ? 1 : 0), Number.MAX_SAFE_INTEGER);
    const stirs = state.now % (STIRRED_MS + CHOSEN_FROM_MS) < STIRRED_MS;
    const stirring = stirs ? stirringOf(desk) : null;
    if (stirring !== null) return { at, stimulus: stirring };
    const waits = state.byPhase[PHASE.queued]![0];
    return { at, stimulus: waits === undefined ? desk.submission(0) : { type: 'turn', shard: waits.shard } };
  },
};

function stirringOf(desk: Desk): Stimulus | null {
  const { state, below } = desk;
  const kind = below(8);
  if (kind < 3) {
    const up = state.byAvailability[AVAILABILITY.up]!;
    const away = someOf(up, desk, ({ entry, antagonist }) => entry === null && antagonist > 0);
    if (away !== null) return { type: 'antagonist', machine: away.id, memory: 0 };
  }
  if (kind === 3) {
    // Its place is then taken by the last of the list, which may belong higher.
    const listed = state.machines.filter(({ entry }) => entry !== null);
    const level = Math.max(0, ...listed.map(({ entry }) => entry!.functions));
    const fullest = someOf(listed, desk, ({ entry }) => entry!.functions >= level - below(3));
    return fullest && leaving(fullest, desk);
  }
  const ends = someOf(state.byPhase[PHASE.running]!, desk, ({ machine }) => isAboveItsShare(machine!));
  return ends && { type: 'finish', id: ends.id };
}

/** How many different numbers of functions entries are brought to. */
const SHARES = 6;

/** Whether more live on a machine than should, so that entries end up with different numbers. */
function isAboveItsShare({ id, live }: Machine): boolean {
  return live.length > (5 * id) % SHARES;
}

/** A machine leaves with all that live there, for want of one MB; or it goes down. */
function leaving(machine: Machine, { state, below }: Desk): Stimulus {
  const { leave } = state.config.idle;
  const memory = machine.ram - machine.demand - leave + 1;
  if (leave > 0 && memory >= 0 && below(8) > 0) return { type: 'antagonist', machine: machine.id, memory };
  return { type: below(2) === 0 ? 'drain' : 'crash', machine: machine.id };
}
