import type { Context } from './context.ts';
import { killWhatCannotStay, movePages } from './dispatcher.ts';
import { run, stop } from './invocation.ts';
import { empty } from './sorted.ts';
import type { Machine, XXState } from './state.ts';

/**
 * The machine scheduler (paper section 3.2): preemptive priorities by class, first come first served within one. It
 * brings a machine to the one set that should run there.
 */

/** Settles a machine: kills, preemptions, page-outs, page-ins, starts. Quiet afterwards. */
export function settle(xx: Context, state: XXState, machineId: number): void {
  const machine = state.machines[machineId]!;
  killWhatCannotStay(xx, state, machine);
  const toStart = chooseWillRun(xx, state, machine);
  preemptOutranked(xx, state, machine, xx.willRun.length - toStart);
  movePages(xx, state, machine);
  if (toStart > 0) startChosen(xx, state, machine);
}

/** Fills and marks the will-run set; returns how many of it do not run yet. */
function chooseWillRun(xx: Context, state: XXState, machine: Machine): number {
  const { willRun } = xx;
  empty(willRun);
  xx.policies.willRun(state, machine, willRun);
  xx.choice++;
  while (xx.chosenIn.length < state.invocations.length) xx.chosenIn.push(0);
  let toStart = 0;
  for (const slot of willRun) {
    xx.chosenIn[slot] = xx.choice;
    if (state.invocations[slot]!.phase !== 'running') toStart++;
  }
  return toStart;
}

/** Preempts those that run and should not, the lowest first; `staying` is how many run and should. */
function preemptOutranked(xx: Context, state: XXState, machine: Machine, staying: number): void {
  let due = machine.running - staying;
  if (due === 0) return;
  // Whoever runs is near the top, so looking from there finds them soonest.
  const { outranked } = xx;
  empty(outranked);
  for (let index = 0; due > 0 && index < machine.runnable.length; index++) {
    const slot = machine.runnable[index]!;
    if (state.invocations[slot]!.phase !== 'running' || xx.chosenIn[slot] === xx.choice) continue;
    outranked.push(slot);
    due--;
  }
  for (let index = outranked.length - 1; index >= 0; index--) {
    const invocation = state.invocations[outranked[index]!]!;
    stop(xx, state, machine, invocation);
    xx.decisions.push({ type: 'preempt', id: invocation.id });
  }
}

function startChosen(xx: Context, state: XXState, machine: Machine): void {
  for (const slot of xx.willRun) {
    const invocation = state.invocations[slot]!;
    if (invocation.phase === 'running') continue;
    run(xx, state, machine, slot);
    xx.decisions.push({ type: 'start', id: invocation.id });
  }
}
