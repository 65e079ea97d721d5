import type { Stimulus } from '../../../model/alphabet.ts';
import { type Machine, usableRam } from '../../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../../model/table.ts';
import { type Aim, type Desk, isAmount, nearby, someOf } from './aim.ts';

/** Memory that comes and goes until what is available is exactly a threshold, or off by exactly a drift; or one MB off. */
export const thresholds: Aim = {
  name: 'thresholds',
  suits: () => 'well',
  next(desk) {
    const { state, below } = desk;
    const machine = someOf(state.byAvailability[AVAILABILITY.up]!, desk, () => true);
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

/** A list must be this long for its order to matter. */
const LONG_LIST = 4;

/** Entries that leave a long list from anywhere in it, come back, and are chosen from in between. */
export const longLists: Aim = {
  name: 'long-lists',
  suits: ({ machines }) => (machines.length > LONG_LIST ? 'as-few-do' : 'not'),
  next(desk) {
    const { state, below } = desk;
    const { now: at } = state;
    const listed = someOf(state.machines, desk, ({ entry }) => entry !== null);
    const away = someOf(
      state.byAvailability[AVAILABILITY.up]!,
      desk,
      (machine) => machine.entry === null && machine.antagonist > 0,
    );
    const kind = below(8);
    if (kind === 0 && away !== null) {
      return { at, stimulus: { type: 'antagonist', machine: away.id, memory: 0 } };
    }
    if (kind <= 2 && listed !== null) return { at, stimulus: leaving(listed, desk) };
    // Entries that say different numbers of functions are in an order that matters.
    const ends = someOf(state.byPhase[PHASE.running]!, desk, () => true);
    if (kind === 3 && ends !== null) return { at, stimulus: { type: 'finish', id: ends.id } };
    const waits = state.byPhase[PHASE.queued]![0];
    if (waits !== undefined) return { at, stimulus: { type: 'turn', shard: waits.shard } };
    return { at, stimulus: desk.submission(0) };
  },
};

/** A machine leaves with all that live there, for want of one MB; or it goes down. */
function leaving(machine: Machine, { state, below }: Desk): Stimulus {
  const { leave } = state.config.idle;
  const memory = machine.ram - machine.demand - leave + 1;
  if (leave > 0 && memory >= 0 && below(8) > 0) return { type: 'antagonist', machine: machine.id, memory };
  return { type: below(2) === 0 ? 'drain' : 'crash', machine: machine.id };
}
