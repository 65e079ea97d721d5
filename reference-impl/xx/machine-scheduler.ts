import { type Context, markChosen } from './context.ts';
import { killWhatCannotStay, movePages } from './dispatcher.ts';
import { start, stop } from './invocation.ts';
import { empty } from './sorted.ts';
import { type Machine, NONE, type XXState } from './state.ts';

/**
 * The machine scheduler (paper section 3.2): preemptive priorities by class, first come first served within one. It
 * brings a machine to the one set that should run there.
 */

/** Settles a machine: kills, preemptions, page-outs, page-ins, starts. Quiet afterwards. */
export function settle(xx: Context, state: XXState, machineId: number): void {
  const machine = state.machines[machineId]!;
  const { willRun, starting, outranked } = xx;
  killWhatCannotStay(xx, state, machine);
  if (machine.disk !== null) return xx.pager.settle(xx, state, machine, machine.disk);
  empty(willRun);
  xx.policies.willRun(state, machine, willRun);
  compare(xx, state, machineId);
  for (let index = outranked.length - 1; index >= 0; index--) preempt(xx, state, machine, outranked[index]!);
  movePages(xx, state, machine);
  for (const slot of starting) start(xx, state, machine, slot);
}

/**
 * Finds who runs and should not, and who should and does not, by rank. Mostly everybody runnable will run, and all or
 * all but the newcomer do so already. Then nobody else has to be looked at, and so fetched from memory.
 */
function compare(xx: Context, state: XXState, machineId: number): void {
  const { willRun, starting, outranked, newcomer } = xx;
  const machine = state.machines[machineId]!;
  const { runnable, running } = machine;
  empty(starting);
  empty(outranked);
  if (willRun.length === runnable.length) {
    const ready = runnable.length - running;
    if (ready === 0) return;
    if (ready === 1 && isReadyOn(state, newcomer, machineId)) {
      starting.push(newcomer);
      return;
    }
  }
  for (const slot of willRun) {
    if (state.invocations[slot]!.phase !== 'running') starting.push(slot);
  }
  const excess = running - (willRun.length - starting.length);
  if (excess > 0) findOutranked(xx, state, machine, excess);
}

/** Whether the invocation in a slot is ready on this machine. */
function isReadyOn(state: XXState, slot: number, machineId: number): boolean {
  if (slot === NONE) return false;
  const { machine, phase } = state.invocations[slot]!;
  return machine === machineId && phase === 'ready';
}

/** Those `count` that run without being in the will-run set. */
function findOutranked(xx: Context, state: XXState, { runnable }: Machine, count: number): void {
  const { outranked } = xx;
  markChosen(xx, state);
  for (const slot of runnable) {
    if (xx.chosenIn[slot] === xx.choice || state.invocations[slot]!.phase !== 'running') continue;
    outranked.push(slot);
    if (outranked.length === count) return;
  }
}

function preempt(xx: Context, state: XXState, machine: Machine, slot: number): void {
  stop(xx, state, machine, slot);
  xx.decisions.push({ type: 'preempt', id: state.invocations[slot]!.id });
}
