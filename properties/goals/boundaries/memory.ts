import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import { countedSwap, isBlocked, type Machine, swapHeld, usableRam } from '../../../model/entities.ts';
import { largestDemand } from '../../../model/rules/memory.ts';
import type { State } from '../../../model/state.ts';
import { invocationOf } from '../../../model/unended.ts';
import { AT, count } from './table.ts';

/** Boundaries of section 3.2: what fits into the memory of a machine, and what has to go. */

const LAST = Number.MAX_SAFE_INTEGER;

/** Another demand on a machine, before anybody is killed for it. */
function demanded(machine: Machine, total: number, one: number, counts: Uint32Array): void {
  count(counts, AT['demand-against-safe-integers'], total - LAST);
  count(counts, AT['demand-against-ram-and-swap'], total - usableRam(machine) - countedSwap(machine));
  count(counts, AT['one-against-most'], one - largestDemand(machine));
}

export function beforeResize(
  { invocations }: State,
  { id, demand }: Extract<Stimulus, { type: 'resize' }>,
  counts: Uint32Array,
): void {
  const invocation = invocationOf(invocations, id);
  const machine = invocation?.machine;
  if (invocation === undefined || machine == null) return;
  demanded(machine, machine.demand - invocation.demand + demand, demand, counts);
}

export function beforeArrival(
  { machines, config }: State,
  { machine: id }: Extract<Decision, { type: 'place' }>,
  counts: Uint32Array,
): void {
  const machine = machines[id];
  if (machine === undefined) return;
  demanded(machine, machine.demand + config.initialMemory, config.initialMemory, counts);
}

export function beforeAntagonist(
  { machines }: State,
  { machine: id, memory }: Extract<Stimulus, { type: 'antagonist' }>,
  counts: Uint32Array,
): void {
  const machine = machines[id];
  if (machine === undefined || machine.live.length === 0) return;
  const room = Math.max(0, machine.ram - memory) + countedSwap(machine);
  count(counts, AT['demand-against-ram-and-swap'], machine.demand - room);
  const most = Math.min(machine.ram, room);
  for (const { demand } of machine.live) count(counts, AT['one-against-most'], demand - most);
}

/** A demand that was refused because one MB more is beyond the safe integers. */
export function onRefusal(state: State, stimulus: Stimulus, counts: Uint32Array): void {
  const first = AT['demand-against-safe-integers'];
  if (stimulus.type === 'resize') {
    const invocation = invocationOf(state.invocations, stimulus.id);
    const others = (invocation?.machine?.demand ?? 0) - (invocation?.demand ?? 0);
    if (others + stimulus.demand === LAST + 1) counts[first + 2]!++;
  } else if (stimulus.type === 'turn') {
    const { initialMemory } = state.config;
    if (state.machines.some(({ demand }) => demand + initialMemory === LAST + 1)) counts[first + 2]!++;
  }
}

/** A machine in a quiet state: what is on it, against the RAM that it has. */
export function quietMemory(machine: Machine, counts: Uint32Array): void {
  const { demand, swap, live } = machine;
  const ram = usableRam(machine);
  const off = demand - ram;
  count(counts, AT['demand-against-ram'], off);
  const held = swapHeld(machine);
  if (swap > 1 && held > 0) {
    const swapped = held - swap;
    if (swapped === -1 || swapped === 0) counts[AT['swapped-against-swap'] + 1 + swapped]!++;
  }
  // If all together do not demand nearly all RAM, no single one does.
  if (off >= -1 && ram > 0) demandsNear(machine, ram, live.length > 1 && machine.antagonist > 0, counts);
}

function demandsNear({ live }: Machine, ram: number, hasSecond: boolean, counts: Uint32Array): void {
  let largest = 0;
  let second = 0;
  for (const invocation of live) {
    const { demand } = invocation;
    if (demand > largest) {
      second = largest;
      largest = demand;
    } else if (demand > second) second = demand;
    count(counts, AT[isBlocked(invocation) ? 'blocked-against-ram' : 'ready-against-ram'], demand - ram);
  }
  if (hasSecond) count(counts, AT['second-largest-against-ram'], second - ram);
}

/** How page-outs have shared what had to go: the last victim keeps one MB, or none, or the next loses only one. */
export function afterPageOuts(
  { invocations, config }: State,
  decisions: readonly Decision[],
  counts: Uint32Array,
): void {
  // A transfer moves what it can, and not all that is too much.
  if (config.paging !== undefined) return;
  const first = AT['excess-against-victim'];
  for (let index = 0; index < decisions.length; index++) {
    const decision = decisions[index]!;
    if (decision.type !== 'pageOut') continue;
    const before = decisions[index - 1];
    const isNext = before?.type === 'pageOut';
    if (isNext && decision.memory === 1) counts[first + 2]!++;
    if (decisions[index + 1]?.type === 'pageOut') continue;
    const left = invocationOf(invocations, decision.id)?.resident;
    if (left === 0) counts[first + 1]!++;
    else if (left === 1) counts[first]!++;
  }
}
