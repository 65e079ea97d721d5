import { type Context, markChosen } from './context.ts';
import { killWhatCannotStay, movePages } from './dispatcher.ts';
import { stop } from './invocation.ts';
import { meterCpu } from './meter.ts';
import { insertRanked } from './rank.ts';
import { copy, empty } from './sorted.ts';
import type { Machine, XXState } from './state.ts';

/**
 * The machine scheduler (paper section 3.2): preemptive priorities by class, first come first served within one. It
 * brings a machine to the one set that should run there.
 */

/** Settles a machine: kills, preemptions, page-outs, page-ins, starts. Quiet afterwards. */
export function settle(xx: Context, state: XXState, machineId: number): void {
  const machine = state.machines[machineId]!;
  const { willRun, starting, outranked } = xx;
  killWhatCannotStay(xx, state, machine);
  empty(willRun);
  xx.policies.willRun(state, machine, willRun);
  compare(xx, state, machine);
  for (let index = outranked.length - 1; index >= 0; index--) preempt(xx, state, machine, outranked[index]!);
  movePages(xx, state, machine);
  for (const slot of starting) start(xx, state, slot);
  if (starting.length > 0) copy(willRun, machine.running);
}

/**
 * Finds who runs and should not, by rank, and who should and does not. The will-run set and those that run are mostly
 * the same at either end, so only what differs in between is looked at: to look at everybody who runs is to fetch them
 * from memory.
 */
function compare(xx: Context, state: XXState, machine: Machine): void {
  const { willRun, starting, outranked } = xx;
  const { running } = machine;
  empty(starting);
  empty(outranked);
  let first = 0;
  while (first < willRun.length && willRun[first] === running[first]) first++;
  let end = willRun.length;
  let endOfRunning = running.length;
  while (end > first && endOfRunning > first && willRun[end - 1] === running[endOfRunning - 1]) {
    end--;
    endOfRunning--;
  }
  for (let index = first; index < end; index++) {
    if (state.invocations[willRun[index]!]!.phase !== 'running') starting.push(willRun[index]!);
  }
  const staying = end - first - starting.length;
  if (endOfRunning - first === staying) return;
  markChosen(xx, state);
  for (let index = first; index < endOfRunning; index++) {
    const slot = running[index]!;
    if (xx.chosenIn[slot] !== xx.choice) insertRanked(state, outranked, slot);
  }
}

function preempt(xx: Context, state: XXState, machine: Machine, slot: number): void {
  stop(xx, state, machine, slot);
  xx.decisions.push({ type: 'preempt', id: state.invocations[slot]!.id });
}

function start(xx: Context, state: XXState, slot: number): void {
  const invocation = state.invocations[slot]!;
  meterCpu(xx, state, invocation, true);
  invocation.phase = 'running';
  xx.decisions.push({ type: 'start', id: invocation.id });
}
