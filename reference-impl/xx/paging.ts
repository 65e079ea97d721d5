import { type Context, markChosen } from './context.ts';
import { start, stop } from './invocation.ts';
import { setResident } from './meter.ts';
import { empty } from './sorted.ts';
import type { Disk, Invocation, Machine, XXState } from './state.ts';

/**
 * Paging that takes time: a disk moves one chunk at once, and holds it in RAM and in swap meanwhile. It decides nothing:
 * who will run is settled by the other stimuli, and transfers only carry it out. So what was found out about a machine
 * then is kept, and the end of a transfer costs no walk over those that live there.
 */

/** Brings the memory of a machine where it must be, as far as that goes now, and lets those run that may. */
export function settleInTime(xx: Context, state: XXState, machine: Machine, disk: Disk): void {
  if (!xx.isPaged || !disk.isKnown) {
    empty(disk.willRun);
    xx.policies.willRun(state, machine, disk.willRun);
    findPageOutOrder(xx, state, machine, disk);
    disk.isKnown = true;
  }
  const lacking = grant(xx, state, machine, disk);
  const keptMb = machine.resident - (disk.transfer === 'out' ? disk.mb : 0);
  const overMb = keptMb + lacking - machine.usableRam;
  findRunSet(xx, state, machine, disk, overMb);
  preemptOthers(xx, state, machine);
  if (disk.transfer === 'none') beginTransfer(xx, state, machine, disk, overMb);
  for (const slot of xx.willRun) {
    if (state.invocations[slot]!.phase === 'ready') start(xx, state, machine, slot);
  }
}

/** RAM that nobody holds now, in MB; a dying chunk is on nobody's account. */
function roomMb(machine: Machine, disk: Disk): number {
  return Math.max(0, machine.usableRam - machine.resident - (disk.transfer === 'dying' ? disk.mb : 0));
}

/** What one will still lack in RAM when the disk is done, in MB. */
function lackMb({ demand, resident, outgoing }: Invocation): number {
  return demand - resident + outgoing;
}

function isWhole({ demand, resident, incoming, outgoing }: Invocation): boolean {
  return resident === demand && incoming === 0 && outgoing === 0;
}

/** Those outside the will-run set that hold RAM, in the order in which they lose it. Only under pressure does it matter. */
function findPageOutOrder(xx: Context, state: XXState, machine: Machine, disk: Disk): void {
  empty(disk.pageOutOrder);
  if (machine.demand <= machine.usableRam) return;
  const { victims } = xx;
  empty(victims);
  xx.policies.pageOutOrder(state, machine, victims);
  markChosen(xx, state, disk.willRun);
  for (const slot of victims) {
    if (xx.chosenIn[slot] !== xx.choice && state.invocations[slot]!.resident > 0)
      disk.pageOutOrder.push(slot);
  }
}

/**
 * Gives RAM that is free to those of the will-run set that have asked for it, by rank, and none that a better one lacks.
 * @returns what the will-run set still lacks when the disk is done, in MB.
 */
function grant(xx: Context, state: XXState, machine: Machine, disk: Disk): number {
  let shareMb = roomMb(machine, disk);
  let lacking = 0;
  for (const slot of disk.willRun) {
    const invocation = state.invocations[slot]!;
    const memory = Math.max(0, Math.min(invocation.fresh, shareMb));
    shareMb -= lackMb(invocation);
    if (memory > 0) {
      invocation.fresh -= memory;
      disk.freshMb -= memory;
      setResident(xx, state, machine, invocation, invocation.resident + memory);
      xx.decisions.push({ type: 'allocate', id: invocation.id, memory });
    }
    lacking += lackMb(invocation);
  }
  return lacking;
}

/**
 * Fills `xx.willRun` with those that run now, by rank: of the will-run set those that are wholly in RAM, and on the cores
 * that others of them would have, the best that are. Only where the will-run set has every core can there be any: one that
 * was passed over for its size would not fit now either.
 */
function findRunSet(xx: Context, state: XXState, machine: Machine, disk: Disk, overMb: number): void {
  const run = xx.willRun;
  empty(run);
  for (const slot of disk.willRun) if (isWhole(state.invocations[slot]!)) run.push(slot);
  if (run.length === disk.willRun.length || disk.willRun.length < machine.cores) return;
  markChosen(xx, state, disk.willRun);
  markVictims(xx, state, disk, overMb);
  for (const slot of machine.runnable) {
    if (run.length === machine.cores) return;
    if (xx.chosenIn[slot] !== xx.choice && isWhole(state.invocations[slot]!)) run.push(slot);
  }
}

/** Marks those, too, whose RAM is needed: the first of the page-out order that have what is over-committed. */
function markVictims(xx: Context, state: XXState, { pageOutOrder }: Disk, overMb: number): void {
  let dueMb = overMb;
  for (let index = 0; index < pageOutOrder.length && dueMb > 0; index++) {
    const slot = pageOutOrder[index]!;
    xx.chosenIn[slot] = xx.choice;
    const { resident, incoming, outgoing } = state.invocations[slot]!;
    dueMb -= resident - incoming - outgoing;
  }
}

function preemptOthers(xx: Context, state: XXState, machine: Machine): void {
  const { outranked } = xx;
  empty(outranked);
  let staying = 0;
  for (const slot of xx.willRun) if (state.invocations[slot]!.phase === 'running') staying++;
  if (staying === machine.running) return;
  markChosen(xx, state, xx.willRun);
  for (const slot of machine.runnable) {
    if (xx.chosenIn[slot] !== xx.choice && state.invocations[slot]!.phase === 'running') outranked.push(slot);
  }
  for (let index = outranked.length - 1; index >= 0; index--) {
    const slot = outranked[index]!;
    stop(xx, state, machine, slot);
    xx.decisions.push({ type: 'preempt', id: state.invocations[slot]!.id });
  }
}

/**
 * The one transfer that is called for, as large as it may be: into the room that there is, for the highest that has
 * anything in swap; else out, if more is committed than there is.
 */
function beginTransfer(xx: Context, state: XXState, machine: Machine, disk: Disk, overMb: number): void {
  const chunkMb = xx.config.paging!.chunk;
  let shareMb = roomMb(machine, disk);
  for (const slot of disk.willRun) {
    if (shareMb < 1) break;
    const invocation = state.invocations[slot]!;
    const inSwap = invocation.demand - invocation.resident - invocation.fresh;
    if (inSwap > 0) return pageIn(xx, state, machine, disk, slot, Math.min(inSwap, shareMb, chunkMb));
    shareMb -= lackMb(invocation);
  }
  if (overMb <= 0) return;
  const inSwap = machine.demand - machine.resident - disk.freshMb;
  const victim = disk.pageOutOrder.find((slot) => state.invocations[slot]!.resident > 0);
  if (victim === undefined) return;
  const { resident } = state.invocations[victim]!;
  const memory = Math.min(overMb, resident, machine.swap - inSwap, chunkMb);
  if (memory > 0) pageOut(xx, state, disk, victim, memory);
}

function pageIn(xx: Context, state: XXState, machine: Machine, disk: Disk, slot: number, mb: number): void {
  const invocation = state.invocations[slot]!;
  setResident(xx, state, machine, invocation, invocation.resident + mb);
  invocation.incoming = mb;
  disk.transfer = 'in';
  disk.owner = slot;
  disk.mb = mb;
  xx.decisions.push({ type: 'pageIn', id: invocation.id, memory: mb });
}

function pageOut(xx: Context, state: XXState, disk: Disk, slot: number, mb: number): void {
  const invocation = state.invocations[slot]!;
  invocation.outgoing = mb;
  disk.transfer = 'out';
  disk.owner = slot;
  disk.mb = mb;
  xx.decisions.push({ type: 'pageOut', id: invocation.id, memory: mb });
}
