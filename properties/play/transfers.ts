import type { Stimulus } from '../../model/alphabet.ts';
import { countedSwap, type Machine } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { AVAILABILITY, DISK, PHASE } from '../../model/table.ts';

/** What happens to a machine whose disk works: mostly the transfer ends, and now and then something comes before. */

/** An integer from 0 up to, not including, `bound`. */
type Draw = (bound: number) => number;

/** Out of 20: how often a transfer ends, and how often something meets it on its way; in every other run that is aimed at. */
const ENDS = 8;
const IS_MET = 1;
const IS_MET_DYING = 4;
const AIMED_AT = 1;
const AIMED_AT_OF = 2;
const ENDS_IF_AIMED_AT = 2;
const IS_MET_IF_AIMED_AT = 12;
const STIRS_IF_AIMED_AT = 6;

/** What comes next of the disks that work; null: something else. */
export function nextOfTransfers(state: State, below: Draw): Stimulus | null {
  const { transferring, config } = state;
  const isAimedAt = config.paging !== undefined && Math.floor(config.seed / 3) % AIMED_AT_OF < AIMED_AT;
  if (transferring.size === 0) return isAimedAt && below(20) < STIRS_IF_AIMED_AT ? stirring(state) : null;
  const last = isAimedAt && below(2) === 0 ? endingBefore(transferring, below) : null;
  if (last !== null) return last;
  const machine = [...transferring][below(transferring.size)]!;
  const drawn = below(20);
  const ends = isAimedAt ? ENDS_IF_AIMED_AT : ENDS;
  if (drawn < ends) return { type: 'paged', machine: machine.id };
  if (isAimedAt) return drawn < ends + IS_MET_IF_AIMED_AT ? meeting(machine, below) : null;
  return drawn < ends + (machine.disk === DISK.dying ? IS_MET_DYING : IS_MET)
    ? meeting(machine, below)
    : null;
}

/** With so many on a machine, a kill or two leave nobody: it is soon down, if it drains. */
const FEW = 2;

/** Kills, drains and ends that bring a machine nearer to going down before its transfer ends, or kill the owner. */
function endingBefore(transferring: ReadonlySet<Machine>, below: Draw): Stimulus | null {
  // The rarer what its disk does, the sooner: few chunks come in on such a machine, and fewer are nobody's.
  const rare = [DISK.dying, DISK.in, DISK.out];
  const machine = [...transferring]
    .filter(({ live, disk }) => live.length <= FEW || disk !== DISK.out)
    .sort((one, other) => rare.indexOf(one.disk) - rare.indexOf(other.disk))[0];
  if (machine === undefined) return null;
  const { id, demand, live, availability, transferOwner } = machine;
  if (transferOwner !== null && below(2) === 0) {
    // Its owner is killed, and whoever else is there is left: the lowest of all goes, or the one that alone is too large.
    return leaving(machine, (below(4) > 0 ? transferOwner.demand : demand) - 1);
  }
  if (availability === AVAILABILITY.up) return { type: 'drain', machine: id };
  const runs = live.find(({ phase }) => phase === PHASE.running);
  if (runs !== undefined && below(4) === 0) return { type: 'finish', id: runs.id };
  // Nobody is killed for an antagonist whose demand the swap alone may hold.
  return demand > countedSwap(machine) ? leaving(machine, demand - 1) : null;
}

/** Something that a transfer may meet: its machine goes, its owner, or whoever else lives there. */
function meeting(machine: Machine, below: Draw): Stimulus | null {
  const { id, demand, live, availability, transferOwner } = machine;
  const isUp = availability === AVAILABILITY.up;
  const target = transferOwner ?? live[0];
  const isLast = live.length < 2;
  const runs = live.find(({ phase }) => phase === PHASE.running);
  const choices: Stimulus[] = [
    { type: 'crash', machine: id },
    ...repeated(!isUp && runs === undefined ? 8 : 1, { type: 'antagonist', machine: id, memory: 0 }),
    // One must be killed, and nobody else.
    ...repeated(isUp || isLast || transferOwner === null ? 1 : 8, leaving(machine, demand - 1)),
  ];
  // Those whose memory comes in are the highest: few of them are killed by chance.
  const kills = machine.disk === DISK.in ? 12 : isUp || !isLast ? 3 : 6;
  if (target !== undefined) choices.push(...repeated(kills, leaving(machine, target.demand - 1)));
  if (isUp) choices.push(...repeated(isLast ? 6 : 2, { type: 'drain', machine: id }));
  if (!isUp && runs !== undefined) choices.push(...repeated(isLast ? 8 : 2, { type: 'finish', id: runs.id }));
  return choices[below(choices.length)]!;
}

/** An antagonist that comes or leaves, so that a disk gets to work: best where nobody else comes. */
function stirring({ byAvailability }: State): Stimulus | null {
  const draining = byAvailability[AVAILABILITY.draining]!;
  const up = byAvailability[AVAILABILITY.up]!;
  const machine =
    draining.find(isPaged) ?? up.find(isPaged) ?? draining[0] ?? up.find(({ live }) => live.length > 0);
  if (machine === undefined) return null;
  const { id, antagonist, ram, demand } = machine;
  return { type: 'antagonist', machine: id, memory: antagonist > 0 ? 0 : Math.max(0, ram - demand + 1) };
}

/** Whether few live there, of which some may be in swap, but not all: such a one pages, and its last may be killed. */
function isPaged(machine: Machine): boolean {
  const swapMb = countedSwap(machine);
  return machine.live.length > 0 && machine.live.length <= FEW && swapMb > 0 && swapMb < machine.demand;
}

/** An antagonist that leaves room for just so much. */
function leaving(machine: Machine, memoryMb: number): Stimulus {
  const { id, ram } = machine;
  return { type: 'antagonist', machine: id, memory: Math.max(0, ram + countedSwap(machine) - memoryMb) };
}

function repeated(times: number, stimulus: Stimulus): Stimulus[] {
  return Array.from({ length: times }, () => stimulus);
}
